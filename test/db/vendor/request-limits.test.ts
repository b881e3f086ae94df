import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRequestLimits, type RequestLimit } from '../../../src/server/db/vendor/index.js';
import { DATABASE_KINDS, openTestDatabase, type TestDatabase } from '../../support/databases.js';

const HOUR_MS = 3_600_000;
const limitOf = (name: string, requests = 3): RequestLimit => ({ name, requests, seconds: 3_600 });

describe.each(DATABASE_KINDS)('limits of requests in %s', (kind) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await openTestDatabase(kind);
  });
  afterAll(() => test.close());

  it('let so many pass, tell the next to wait, and hold up nobody else', async () => {
    const { requestLimits } = test.database;
    const limit = limitOf('some');
    const answers = [];
    for (let request = 0; request < 5; request += 1) answers.push(await requestLimits.count(limit, 'one'));
    expect(answers.slice(0, 3)).toEqual([undefined, undefined, undefined]);
    for (const seconds of answers.slice(3)) {
      expect(seconds).toBeGreaterThan(3_500);
      expect(seconds).toBeLessThanOrEqual(3_600);
    }
    expect(await requestLimits.count(limit, 'another')).toBeUndefined();
    expect(await requestLimits.count(limitOf('other'), 'one')).toBeUndefined();
  });

  it('let no more pass when all of them come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => test.database.requestLimits.count(limitOf('at-once', 10), 'one')),
    );
    expect(answers.filter((seconds) => seconds === undefined)).toHaveLength(10);
  });

  it('forget what has been over for an hour', async () => {
    const { requestLimits } = test.database;
    await requestLimits.forgetOld(Date.now() + HOUR_MS);
    const before = await countRows(test);
    await requestLimits.forgetOld(Date.now() + 3 * HOUR_MS);
    expect(await countRows(test)).toBe(0);
    expect(before).toBe(kind === 'postgresql' ? 4 : 0);
  });
});

async function countRows(test: TestDatabase): Promise<number> {
  const [row] = await test.query('SELECT count(*)::integer AS rows FROM sotto_vendor.request_limits');
  return Number(row?.rows);
}

describe('limits of several processes with one server', () => {
  it('are counted together', async () => {
    const test = await openTestDatabase('postgresql');
    try {
      const processes = [1, 2, 3].map(() => createRequestLimits(test.connection));
      const limit = limitOf('shared', 6);
      const answers = await Promise.all(
        processes.flatMap((limits) => Array.from({ length: 4 }, () => limits.count(limit, 'one'))),
      );
      expect(answers.filter((seconds) => seconds === undefined)).toHaveLength(6);
    } finally {
      await test.close();
    }
  });

  it('say that the database is away, rather than let everything pass or nothing', async () => {
    const test = await openTestDatabase('postgresql');
    try {
      const limits = createRequestLimits(test.connection);
      await test.query('DROP TABLE sotto_vendor.request_limits');
      await expect(limits.count(limitOf('away'), 'one')).rejects.toMatchObject({ code: 'DATABASE_FAILED' });
    } finally {
      await test.close();
    }
  });
});
