import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listSessions, readSession } from '../../../../src/store/index.js';
import { decideRemovals, type KeptFile, type RemovalReason } from '../../../../src/store/ledger/retention.js';
import { createDirectory } from '../../../support/directories.js';
import { buildEvent, DAY_MS, EVENING, ledgerNames, MORNING, openTestLedger, STARTED_MS } from './support.js';

const LIMITS = { retentionDays: 30, maxBytes: 1_000 };

/** A file of a session of its own, unless one is named, whose file it is then by its age. */
const file = (daysOld: number, bytes: number, session = `alone${daysOld}`): KeptFile => ({
  name: `telemetry_20261001_000000_${session}.${1_000 - daysOld}.ndjson`,
  bytes,
  modifiedMs: STARTED_MS - daysOld * DAY_MS,
});

const agesOf = (files: readonly KeptFile[], reason: RemovalReason) =>
  decideRemovals(files, LIMITS, STARTED_MS)
    .filter((removal) => removal.reason === reason)
    .map(({ name }) => 1_000 - Number(name.split('.')[1]));

describe('what has to go', () => {
  it.each<[string, KeptFile[], { expired?: number[]; store_full?: number[] }]>([
    ['nothing of nothing', [], {}],
    ['nothing within the limits', [file(29, 500), file(1, 500)], {}],
    ['what is too old', [file(2, 1), file(31, 1), file(40, 1)], { expired: [40, 31] }],
    ['the oldest of equal ones', [file(3, 400), file(1, 400), file(2, 400)], { store_full: [3] }],
    ['what takes the most room', [file(3, 10), file(1, 10), file(2, 990)], { store_full: [2] }],
    ['a file larger than everything allowed', [file(1, 1_001)], { store_full: [1] }],
    [
      'of the session with the most room its oldest files',
      [file(9, 300), file(4, 250, 'chatty'), file(3, 250, 'chatty'), file(2, 250, 'chatty'), file(1, 250)],
      { store_full: [4, 3] },
    ],
    ['what is too old before there is too much', [file(40, 900), file(1, 900)], { expired: [40] }],
  ])('is %s', (_, files, { expired = [], store_full = [] }) => {
    expect(agesOf(files, 'expired')).toEqual(expired);
    expect(agesOf(files, 'store_full')).toEqual(store_full);
  });

  it('is what is left of five hundred files', () => {
    const files = Array.from({ length: 503 }, (_, at) => ({
      ...file(1, 0),
      name: String(at),
      modifiedMs: STARTED_MS + at,
    }));
    const reason = 'store_full';
    expect(decideRemovals(files, LIMITS, STARTED_MS)).toEqual(
      ['0', '1', '2'].map((name) => ({ name, bytes: 0, reason })),
    );
  });

  it('leaves the limits kept, whatever there was, and of every session what is newest', () => {
    const anyFile = fc.record({
      daysOld: fc.integer({ min: 0, max: 60 }),
      bytes: fc.nat(600),
      session: fc.constantFrom('a', 'b', 'c'),
    });
    fc.assert(
      fc.property(fc.uniqueArray(anyFile, { selector: ({ daysOld }) => daysOld }), (described) => {
        const files = described.map(({ daysOld, bytes, session }) => ({
          session,
          ...file(daysOld, bytes, session),
        }));
        const removals = decideRemovals(files, LIMITS, STARTED_MS);
        const gone = new Set(removals.map(({ name }) => name));
        expect(gone.size).toBe(removals.length);
        const kept = files.filter(({ name }) => !gone.has(name));
        expect(kept.reduce((total, { bytes }) => total + bytes, 0)).toBeLessThanOrEqual(LIMITS.maxBytes);
        for (const { modifiedMs } of kept)
          expect(modifiedMs).toBeGreaterThanOrEqual(STARTED_MS - 30 * DAY_MS);
        for (const removed of files.filter(({ name }) => gone.has(name)))
          for (const other of kept.filter(({ session }) => session === removed.session))
            expect(removed.modifiedMs).toBeLessThan(other.modifiedMs);
      }),
    );
  });
});

describe('a file that is begun', () => {
  function plant(directory: string, name: string, daysOld: number, bytes = 10): void {
    const path = join(directory, 'ledger', name);
    mkdirSync(join(directory, 'ledger'), { recursive: true });
    writeFileSync(path, 'x'.repeat(bytes));
    const seconds = (STARTED_MS - daysOld * DAY_MS) / 1_000;
    utimesSync(path, seconds, seconds);
  }

  it('is the moment when old files go, and only files of the ledger', () => {
    const directory = createDirectory();
    plant(directory, 'telemetry_20261001_000000_00000000.ndjson', 50);
    plant(directory, 'telemetry_20261001_000000_11111111.ndjson', 1);
    plant(directory, 'telemetry_20261001_notes.ndjson', 50);
    plant(directory, 'notes.txt', 50);
    const ledger = openTestLedger(directory);
    ledger.record(buildEvent(1), MORNING);
    ledger.flush();
    expect(ledgerNames(directory)).toEqual([
      'notes.txt',
      'telemetry_20261001_000000_11111111.ndjson',
      'telemetry_20261001_notes.ndjson',
      'telemetry_20261121_083000_1b4e28ba.ndjson',
    ]);
  });

  it('stays, however small the limit is', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory, { maxLedgerBytes: 0, retentionDays: 0 });
    for (const session of [MORNING, EVENING]) {
      ledger.record(buildEvent(session), session);
      ledger.nowMs += 1_000;
      expect(ledger.flush()).toBe(true);
    }
    expect(ledgerNames(directory)).toEqual(['telemetry_20261121_083001_9f8e7d6c.ndjson']);
  });

  it('holds a long session within the limit, and keeps what was recorded last', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory, { maxLedgerBytes: 200_000 });
    for (let n = 0; n < 100; n += 1) {
      ledger.record(buildEvent(n, { text: 'x'.repeat(10_000) }), MORNING);
      ledger.flush();
      const total = listSessions(directory).reduce((sum, { bytes }) => sum + bytes, 0);
      expect(total).toBeLessThanOrEqual(200_000);
    }
    const kept = listSessions(directory).flatMap((file) => readSession(file)?.events ?? []);
    expect(kept.length).toBeGreaterThanOrEqual(10);
    expect(kept.map(({ uuid }) => Number(uuid))).toEqual(kept.map((_, at) => 100 - kept.length + at));
  });

  it('leaves what is about to leave where it can be looked up, and goes on keeping the limit', () => {
    const directory = createDirectory();
    const ledger = openTestLedger(directory, { maxLedgerBytes: 200_000 });
    const events = Array.from({ length: 100 }, (_, n) => buildEvent(n, { text: 'x'.repeat(10_000) }));
    for (const event of events) {
      ledger.record(event, MORNING);
      ledger.flush();
    }
    while (events.length > 0) {
      const batch = events.splice(0, 5);
      expect(ledger.keep(batch)).toBe(true);
      const files = listSessions(directory);
      const stands = files.flatMap((file) => readSession(file)?.events.map(({ uuid }) => uuid) ?? []);
      expect(stands).toEqual(expect.arrayContaining(batch.map(({ uuid }) => uuid)));
      expect(files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(260_000);
    }
  });

  it('removes a link and not what it leads to, and leaves folders', () => {
    const directory = createDirectory();
    const target = createDirectory();
    plant(target, 'notes.txt', 0);
    mkdirSync(join(directory, 'ledger', 'telemetry_20261001_000000_00000000.ndjson'), { recursive: true });
    symlinkSync(
      join(target, 'ledger'),
      join(directory, 'ledger', 'telemetry_20261001_000000_11111111.ndjson'),
    );
    const ledger = openTestLedger(directory, { maxLedgerBytes: 0 });
    ledger.nowMs = Date.now() + 60 * DAY_MS;
    ledger.record(buildEvent(1), MORNING);
    expect(ledger.flush()).toBe(true);
    expect(ledgerNames(directory)).toHaveLength(2);
    expect(ledgerNames(target)).toEqual(['notes.txt']);
  });
});
