import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isTimelyDaily } from '../../../src/server/vendor/receiving/timeliness.js';
import { SERVICE_VARIABLES } from '../../../src/settings/service/table.js';
import { DATABASE_KINDS, openTestDatabase, type TestDatabase } from '../../support/databases.js';
import { buildDaily, buildHeartbeat } from '../../support/reports.js';

const RETENTION = { heartbeatRetentionDays: 90, dailyRetentionDays: 365 };
const DAY_MS = 86_400_000;
const SHORTEST_DAYS = Array.from({ length: 100 }, (_, days) => days).findIndex(
  (days) => SERVICE_VARIABLES.dailyRetentionDays.parse(String(days)) !== undefined,
);

describe.each(DATABASE_KINDS)('the tables of reports in %s', (kind) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await openTestDatabase(kind);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    for (const table of ['heartbeats', 'daily_reports']) {
      for (const part of await partsOf(table)) {
        if (!part.endsWith('_other')) await test.query(`DROP TABLE sotto_vendor.${part}`);
      }
    }
    await test.query(
      'TRUNCATE sotto_vendor.heartbeats, sotto_vendor.heartbeat_days, sotto_vendor.daily_reports, sotto_vendor.report_keys',
    );
  });

  async function partsOf(table: string): Promise<readonly string[]> {
    const rows = await test.query(`
      SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
      WHERE inhparent = 'sotto_vendor.${table}'::regclass ORDER BY relname`);
    return rows.map(({ relname }) => String(relname));
  }

  /** How many rows stand in each part that has some. */
  async function rowsByPart(table: string): Promise<Record<string, number>> {
    const rows = await test.query(`
      SELECT tableoid::regclass::text AS part, count(*)::integer AS rows FROM sotto_vendor.${table} GROUP BY 1 ORDER BY 1`);
    return Object.fromEntries(rows.map(({ part, rows }) => [String(part).split('.').at(-1), Number(rows)]));
  }

  const run = (now: string, retention = RETENTION) =>
    test.database.reportUpkeep.run({ ...retention, nowMs: Date.parse(now) });

  const beat = (timestamp: string, customerId = 'extend') =>
    test.database.received.addHeartbeat(buildHeartbeat(timestamp, {}, customerId), {
      idempotencyKey: randomUUID(),
      receivedAtMs: Date.parse(timestamp),
      isTimely: true,
    });

  const report = (date: string) =>
    test.database.received.addDaily(buildDaily(date), {
      idempotencyKey: randomUUID(),
      receivedAtMs: Date.parse(date) + DAY_MS,
      isTimely: true,
      revision: 1,
    });

  it('have parts that meet at the end of a month, by UTC', async () => {
    await run('2026-01-31T23:00:00.000Z');
    for (const timestamp of [
      '2026-01-31T23:59:59.999999Z',
      '2026-02-01T00:00:00.000Z',
      '2026-02-28T23:59:59.999Z',
      '2026-03-01T00:00:00.000Z',
    ])
      await beat(timestamp);
    for (const date of ['2025-12-31', '2026-01-01', '2026-01-31', '2026-02-01']) await report(date);
    expect(await rowsByPart('heartbeats')).toEqual({
      heartbeats_2026_01: 1,
      heartbeats_2026_02: 2,
      heartbeats_2026_03: 1,
    });
    expect(await rowsByPart('daily_reports')).toEqual({
      daily_reports_2025_12: 1,
      daily_reports_2026_01: 2,
      daily_reports_2026_02: 1,
    });
  });

  it('take a report for which no part was made, and move it when one is', async () => {
    expect(await beat('2026-01-11T12:00:00.000Z')).toEqual({ status: 'accepted' });
    expect(await report('2026-01-10')).toEqual({ status: 'accepted' });
    expect(await rowsByPart('heartbeats')).toEqual({ heartbeats_other: 1 });
    expect(await run('2026-01-11T12:00:00.000Z')).toEqual({ partsMade: 8, partsDropped: 0, rowsDeleted: 0 });
    expect(await rowsByPart('heartbeats')).toEqual({ heartbeats_2026_01: 1 });
    expect(await rowsByPart('daily_reports')).toEqual({ daily_reports_2026_01: 1 });
    expect(await beat('2026-01-11T12:00:00.000Z')).toMatchObject({ status: 'duplicate' });
    expect(await report('2026-01-10')).toMatchObject({ status: 'duplicate' });
  });

  it('are in order after one round', async () => {
    await run('2026-01-11T12:00:00.000Z');
    expect(await run('2026-01-11T13:00:00.000Z')).toEqual({ partsMade: 0, partsDropped: 0, rowsDeleted: 0 });
  });

  it('are kept by one process at a time, and none of them fails', async () => {
    const rounds = await Promise.all(Array.from({ length: 6 }, () => run('2026-01-11T12:00:00.000Z')));
    expect(rounds.reduce((made, { partsMade }) => made + partsMade, 0)).toBe(8);
    expect(await partsOf('heartbeats')).toHaveLength(5);
  });

  it('lose no report that comes while parts are made', async () => {
    await beat('2026-01-11T11:00:00.000Z');
    const beats = Array.from({ length: 60 }, (_, index) =>
      beat(new Date(Date.UTC(2026, 0, 11, 12, 0, index)).toISOString(), `c${index % 4}`),
    );
    const [results] = await Promise.all([Promise.all(beats), run('2026-01-11T12:00:00.000Z')]);
    expect(results.filter(({ status }) => status !== 'accepted')).toEqual([]);
    await run('2026-01-11T13:00:00.000Z');
    expect(await rowsByPart('heartbeats')).toEqual({ heartbeats_2026_01: 61 });
  });

  it('forget single heartbeats after their time, and keep what they came to', async () => {
    await run('2026-01-11T12:00:00.000Z');
    const timestamps = ['2026-01-11T12:00:00.000Z', '2026-02-28T12:00:00.000Z', '2026-03-02T00:00:00.000Z'];
    for (const timestamp of timestamps) await beat(timestamp);
    await test.query('TRUNCATE sotto_vendor.report_keys');
    const kept = await run('2026-05-31T12:00:00.000Z');
    expect(kept).toMatchObject({ partsDropped: 3, rowsDeleted: 0 });
    expect(await rowsByPart('heartbeats')).toEqual({ heartbeats_2026_03: 1 });
    expect(await run('2026-06-01T12:00:00.000Z')).toMatchObject({ partsDropped: 0, rowsDeleted: 1 });
    expect(await rowsByPart('heartbeats')).toEqual({});
    expect(
      await test.query('SELECT sum(heartbeats)::integer AS beats FROM sotto_vendor.heartbeat_days'),
    ).toEqual([{ beats: 3 }]);
  });

  it('forget daily reports and sums after theirs, also where no part was ever made', async () => {
    await report('2025-01-10');
    await beat('2025-01-10T12:00:00.000Z');
    await beat('2026-01-10T12:00:00.000Z');
    await report('2026-01-10');
    await run('2026-01-11T12:00:00.000Z');
    expect(await rowsByPart('daily_reports')).toEqual({ daily_reports_2026_01: 1 });
    expect(
      await test.query(`SELECT to_char(date, 'YYYY-MM-DD') AS date FROM sotto_vendor.heartbeat_days`),
    ).toEqual([{ date: '2026-01-10' }]);
  });

  it('forget no daily report that could still come again, however short the retention', async () => {
    const now = '2026-03-02T23:59:59.999Z';
    const oldest = '2026-01-31';
    expect(isTimelyDaily(oldest, Date.parse(now))).toBe(true);
    await run(now);
    await report(oldest);
    await run(now, { heartbeatRetentionDays: 1, dailyRetentionDays: SHORTEST_DAYS });
    expect(await report(oldest)).toEqual({ status: 'duplicate', isSame: true });
  });

  it('forget keys when a report of their time would be refused for its age', async () => {
    await run('2026-01-11T12:00:00.000Z');
    await beat('2026-01-11T12:00:00.000Z');
    await report('2026-01-10');
    const kinds = async () =>
      (await test.query('SELECT kind FROM sotto_vendor.report_keys')).map(({ kind }) => kind);
    await run('2026-01-12T11:00:00.000Z');
    expect(await kinds()).toHaveLength(2);
    await run('2026-01-13T12:00:00.000Z');
    expect(await kinds()).toEqual(['daily']);
    await run('2026-02-10T12:00:00.000Z');
    expect(await kinds()).toEqual(['daily']);
    await run('2026-02-21T12:00:00.000Z');
    expect(await kinds()).toEqual([]);
  });
});
