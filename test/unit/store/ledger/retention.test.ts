import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listSessions, readSession } from '../../../../src/store/index.js';
import { decideRemovals, type KeptFile } from '../../../../src/store/ledger/retention.js';
import { createDirectory } from '../../../support/directories.js';
import { buildEvent, DAY_MS, EVENING, ledgerNames, MORNING, openTestLedger, STARTED_MS } from './support.js';

const LIMITS = { retentionDays: 30, maxBytes: 1_000 };
const file = (daysOld: number, bytes: number): KeptFile => ({
  name: `${daysOld} days old`,
  bytes,
  modifiedMs: STARTED_MS - daysOld * DAY_MS,
});

describe('what has to go', () => {
  it.each<[string, KeptFile[], string[]]>([
    ['nothing of nothing', [], []],
    ['nothing within the limits', [file(29, 500), file(1, 500)], []],
    ['what is too old', [file(2, 1), file(31, 1), file(40, 1)], ['40 days old', '31 days old']],
    ['the oldest beyond the size', [file(3, 400), file(1, 400), file(2, 400)], ['3 days old']],
    [
      'what is older than a file that does not fit',
      [file(3, 1), file(1, 1), file(2, 1_000)],
      ['3 days old', '2 days old'],
    ],
    ['a file larger than everything allowed', [file(1, 1_001)], ['1 days old']],
  ])('is %s', (_, files, names) => {
    expect(decideRemovals(files, LIMITS, STARTED_MS)).toEqual(names);
  });

  it('is what is left of five hundred files', () => {
    const files = Array.from({ length: 503 }, (_, at) => ({
      ...file(1, 0),
      name: String(at),
      modifiedMs: STARTED_MS + at,
    }));
    expect(decideRemovals(files, LIMITS, STARTED_MS)).toEqual(['0', '1', '2']);
  });

  it('leaves the limits kept, whatever there was, and goes from the oldest on', () => {
    const anyFile = fc.record({ daysOld: fc.integer({ min: 0, max: 60 }), bytes: fc.nat(600) });
    fc.assert(
      fc.property(fc.uniqueArray(anyFile, { selector: ({ daysOld }) => daysOld }), (described) => {
        const files = described.map(({ daysOld, bytes }) => file(daysOld, bytes));
        const gone = new Set(decideRemovals(files, LIMITS, STARTED_MS));
        const kept = files.filter(({ name }) => !gone.has(name));
        const oldestKept = Math.min(...kept.map(({ modifiedMs }) => modifiedMs));
        expect(kept.reduce((total, { bytes }) => total + bytes, 0)).toBeLessThanOrEqual(LIMITS.maxBytes);
        expect(oldestKept).toBeGreaterThanOrEqual(STARTED_MS - 30 * DAY_MS);
        for (const { name, modifiedMs } of files)
          if (gone.has(name)) expect(modifiedMs).toBeLessThan(oldestKept);
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
