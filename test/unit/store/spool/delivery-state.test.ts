import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  countLost,
  createDeliveryState,
  type HostState,
  NO_TROUBLE,
  readDelivery,
  toRestMs,
} from '../../../../src/store/index.js';
import { type DeliveryRecord, parseDelivery } from '../../../../src/store/spool/state-text.js';
import { createDirectory, withoutSpecialRights } from '../../../support/directories.js';
import { STARTED_MS } from '../ledger/support.js';

const HOUR_MS = 3_600_000;
const HOST = 'https://eu.i.posthog.com';
const OTHER_HOST = 'https://relay.example/t';
const NOTHING: DeliveryRecord = { hosts: new Map(), dropped: {} };
const TROUBLE: HostState = {
  failures: 3,
  firstFailureAtMs: STARTED_MS - HOUR_MS,
  notBeforeMs: STARTED_MS + HOUR_MS,
  serverSaid: true,
};

function createSpool() {
  const directory = createDirectory();
  mkdirSync(join(directory, 'spool'), { mode: 0o700 });
  return { directory, path: join(directory, 'spool', 'state.json') };
}

describe('what is known of a server', () => {
  it.each([
    ['trouble', TROUBLE],
    ['trouble of a minute', { ...TROUBLE, serverSaid: false }],
    ['none', NO_TROUBLE],
  ])('is read by the next process as it was written: %s', (_, state) => {
    const { directory, path } = createSpool();
    createDeliveryState(directory, HOST).write(state);
    expect(createDeliveryState(directory, HOST).read()).toEqual(state);
    expect(createDeliveryState(directory, OTHER_HOST).read()).toEqual(NO_TROUBLE);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(directory, 'spool'))).toEqual(['state.json']);
  });

  it('stands in words that can be read, beside that of others and what was lost', () => {
    const { directory, path } = createSpool();
    createDeliveryState(directory, OTHER_HOST).write({ ...NO_TROUBLE, failures: 1 });
    countLost(directory, 'record_torn', 2);
    createDeliveryState(directory, HOST).write(TROUBLE);
    countLost(directory, 'record_torn', 1);
    countLost(directory, 'too_large', 4);
    const other = { failures: 1, first_failure_at: null, not_before: null, server_said: false };
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      hosts: {
        [OTHER_HOST]: other,
        [HOST]: {
          failures: 3,
          first_failure_at: '2026-11-21T07:30:00.000Z',
          not_before: '2026-11-21T09:30:00.000Z',
          server_said: true,
        },
      },
      dropped: { record_torn: 3, too_large: 4 },
    });
    createDeliveryState(directory, OTHER_HOST).write(NO_TROUBLE);
    expect([...readDelivery(directory).hosts.keys()]).toEqual([HOST]);
  });

  it('is kept of ten servers, those that failed last', () => {
    const { directory } = createSpool();
    const write = (n: number) => createDeliveryState(directory, `https://${n}.example`).write(TROUBLE);
    for (let n = 1; n <= 10; n += 1) write(n);
    write(1);
    write(11);
    const numbers = [...readDelivery(directory).hosts.keys()].map((host) =>
      Number.parseInt(host.slice(8), 10),
    );
    expect(numbers).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 1, 11]);
  });

  it('is nothing when the file is missing, broken, a link or too large, or where there is no directory', () => {
    const { directory, path } = createSpool();
    expect(readDelivery(directory)).toEqual(NOTHING);
    const old = '{"failures":3,"first_failure_at":null,"not_before":null,"server_said":true,"dropped":{}}';
    for (const text of [
      '',
      '{"hosts":',
      'null',
      '[]',
      '7',
      old,
      `{"dropped":{"too_large":1}${' '.repeat(70_000)}}`,
    ]) {
      writeFileSync(path, text);
      expect(readDelivery(directory)).toEqual(NOTHING);
    }
    rmSync(path);
    symlinkSync('/etc/hostname', path);
    expect(readDelivery(directory)).toEqual(NOTHING);
    expect(readDelivery(join(directory, 'nowhere'))).toEqual(NOTHING);
  });

  it('is not written where there is no spool, so that an erased one does not come back', () => {
    const directory = createDirectory();
    createDeliveryState(directory, HOST).write(TROUBLE);
    countLost(directory, 'too_large', 1);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('is not written, and nothing thrown, where nothing can be', () => {
    const { directory } = createSpool();
    const { write } = createDeliveryState(directory, HOST);
    withoutSpecialRights(() => write(TROUBLE));
    write({ ...TROUBLE, notBeforeMs: Number.POSITIVE_INFINITY });
    expect(readDelivery(directory)).toEqual(NOTHING);
  });
});

describe('a rest', () => {
  it.each([
    ['none', 0, 0],
    ['one that is over', STARTED_MS - 1, 0],
    ['one of 25 hours', STARTED_MS + 25 * HOUR_MS, 25 * HOUR_MS],
    ['one of more, by a clock that jumped', STARTED_MS + 25 * HOUR_MS + 1, 0],
  ])('lasts as long as there is reason to believe it: %s', (_, notBeforeMs, restMs) => {
    expect(toRestMs({ ...TROUBLE, notBeforeMs }, STARTED_MS)).toBe(restMs);
  });
});

describe('what nobody wrote', () => {
  it.each<[string, object, Partial<DeliveryRecord>]>([
    ['servers that are none', { hosts: [TROUBLE] }, {}],
    ['a server of which nothing is said', { hosts: { a: null } }, { hosts: new Map([['a', NO_TROUBLE]]) }],
    [
      'times that are none',
      { hosts: { a: { failures: -1, first_failure_at: 7, not_before: 'tomorrow', server_said: 'yes' } } },
      { hosts: new Map([['a', NO_TROUBLE]]) },
    ],
    ['numbers that count nothing', { dropped: { too_large: 1.5, record_torn: '2' } }, {}],
    ['reasons that are none', { dropped: { too_large: 1, boredom: 2 } }, { dropped: { too_large: 1 } }],
    ['a list of reasons', { dropped: [1] }, {}],
  ])('does no harm: %s', (_, written, record) => {
    expect(parseDelivery(JSON.stringify(written))).toEqual({ ...NOTHING, ...record });
  });

  it('does no harm by the name of a server', () => {
    const { hosts } = parseDelivery('{"hosts":{"__proto__":{"failures":2}}}');
    expect(hosts.get('__proto__')).toEqual({ ...NO_TROUBLE, failures: 2 });
  });
});
