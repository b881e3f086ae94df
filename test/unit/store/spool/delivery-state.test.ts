import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDeliveryState, type DeliveryState } from '../../../../src/store/index.js';
import { parseState } from '../../../../src/store/spool/delivery-state.js';
import { createDirectory, withoutSpecialRights } from '../../../support/directories.js';
import { STARTED_MS } from '../ledger/support.js';

const HOUR_MS = 3_600_000;
const NOTHING: DeliveryState = {
  failures: 0,
  firstFailureAtMs: undefined,
  notBeforeMs: 0,
  serverSaid: false,
  dropped: {},
};
const STATE: DeliveryState = {
  failures: 3,
  firstFailureAtMs: STARTED_MS - HOUR_MS,
  notBeforeMs: STARTED_MS + HOUR_MS,
  serverSaid: true,
  dropped: { record_torn: 2, store_full: 40 },
};

function createSpool() {
  const directory = createDirectory();
  mkdirSync(join(directory, 'spool'), { mode: 0o700 });
  return { directory, path: join(directory, 'spool', 'state.json') };
}

const open = (directory: string) => createDeliveryState(directory, () => STARTED_MS);

describe('what is known of the server', () => {
  it.each([
    ['trouble', STATE],
    ['none', NOTHING],
    ['trouble of a minute', { ...STATE, serverSaid: false, dropped: {} }],
  ])('is read by the next process as it was written: %s', (_, state) => {
    const { directory, path } = createSpool();
    const { write } = open(directory);
    write(state);
    expect(open(directory).read()).toEqual(state);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(directory, 'spool'))).toEqual(['state.json']);
  });

  it('stands in words that can be read', () => {
    const { directory, path } = createSpool();
    open(directory).write(STATE);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      failures: 3,
      first_failure_at: '2026-11-21T07:30:00.000Z',
      not_before: '2026-11-21T09:30:00.000Z',
      server_said: true,
      dropped: { record_torn: 2, store_full: 40 },
    });
  });

  it('is nothing when the file is missing, broken, a link or too large, or where there is no directory', () => {
    const { directory, path } = createSpool();
    const { read } = open(directory);
    expect(read()).toEqual(NOTHING);
    for (const text of ['', '{"failures":', 'null', '[]', '7', ' '.repeat(20_000)]) {
      writeFileSync(path, text);
      expect(read()).toEqual(NOTHING);
    }
    rmSync(path);
    symlinkSync('/etc/hostname', path);
    expect(read()).toEqual(NOTHING);
    expect(open(join(directory, 'nowhere')).read()).toEqual(NOTHING);
  });

  it('is not written where there is no spool, so that an erased one does not come back', () => {
    const directory = createDirectory();
    open(directory).write(STATE);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('is not written, and nothing thrown, where nothing can be', () => {
    const { directory } = createSpool();
    withoutSpecialRights(() => open(directory).write(STATE));
    open(directory).write({ ...STATE, notBeforeMs: Number.POSITIVE_INFINITY });
    expect(open(directory).read()).toEqual(NOTHING);
  });
});

describe('what nobody wrote', () => {
  it.each<[string, object, Partial<DeliveryState>]>([
    ['a rest of more than 25 hours', { not_before: '2026-11-22T09:30:01.000Z', server_said: true }, {}],
    [
      'a rest of 25 hours',
      { not_before: '2026-11-22T09:30:00.000Z', server_said: true },
      { notBeforeMs: STARTED_MS + 25 * HOUR_MS, serverSaid: true },
    ],
    ['what a server said of no rest', { server_said: true }, {}],
    ['times that are none', { first_failure_at: 7, not_before: 'tomorrow' }, {}],
    ['numbers that count nothing', { failures: -1, dropped: { expired: 1.5, record_torn: '2' } }, {}],
    [
      'reasons that are none',
      { dropped: { expired: 1, boredom: 2, __proto__: 3 } },
      { dropped: { expired: 1 } },
    ],
    ['a list of reasons', { dropped: [1] }, {}],
  ])('does no harm: %s', (_, written, state) => {
    expect(parseState(JSON.stringify(written), STARTED_MS)).toEqual({ ...NOTHING, ...state });
  });
});
