import { appendFileSync, chmodSync, readFileSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  canSettle,
  finishWaiting,
  listSessions,
  listWaiting,
  readSession,
  readWaiting,
  settleWaiting,
  standsInLedger,
} from '../../../../src/store/index.js';
import { removeNotesOf } from '../../../../src/store/spool/note-files.js';
import {
  createDirectory,
  createReadOnlyDirectory,
  withoutSpecialRights,
} from '../../../support/directories.js';
import { buildEvent, linesOf, STARTED_MS, toWire, uuidOf } from '../ledger/support.js';
import {
  DEAD_PID,
  endLine,
  FILE,
  NOTE,
  notesOf,
  OTHER_FILE,
  plantLedgerFile,
  plantReleased,
  recordLine,
  spoolNames,
} from './support.js';

const uuidsIn = (directory: string) => readWaiting(directory, FILE)?.events.map(({ uuid }) => uuid);

describe('what waits in a file', () => {
  it('is every event without an end, in its order and as it was recorded', () => {
    const directory = createDirectory();
    const lines = [1, 2, 3, 4].map(recordLine);
    plantLedgerFile(directory, FILE, [...lines, endLine('sent', 2), endLine('too_large', 3)].join(''));
    const waiting = readWaiting(directory, FILE);
    expect(waiting?.torn).toBe(0);
    expect(uuidsIn(directory)).toEqual([1, 4].map(uuidOf));
    const { properties, ...wire } = toWire(buildEvent(uuidOf(4), { n: 4 }));
    expect(waiting?.events[1]).toMatchObject({
      event: wire.event,
      distinctId: wire.distinct_id,
      isComplete: true,
    });
    expect(JSON.stringify(waiting?.events[1]?.properties)).toBe(JSON.stringify(properties));
  });

  it('is without what was cut or changed, which is counted', () => {
    const directory = createDirectory();
    const broken = [recordLine(2).slice(0, 50), '\nnot JSON\n', recordLine(3).replace(uuidOf(3), 'three')];
    const path = plantLedgerFile(directory, FILE, [recordLine(1), ...broken, recordLine(4)].join(''));
    truncateSync(path, readFileSync(path).length - 10);
    expect(uuidsIn(directory)).toEqual([uuidOf(1)]);
    expect(readWaiting(directory, FILE)?.torn).toBe(4);
  });

  it('is once what was written twice', () => {
    const directory = createDirectory();
    plantLedgerFile(directory, FILE, recordLine(1) + recordLine(2) + recordLine(1));
    expect(uuidsIn(directory)).toEqual([1, 2].map(uuidOf));
  });

  it('is nothing when all have ended, also for a reason of a later version', () => {
    const directory = createDirectory();
    const later = endLine('expired', 2).replace('expired', 'of a later version');
    plantLedgerFile(directory, FILE, recordLine(1) + recordLine(2) + endLine('sent', 1) + later);
    expect(readWaiting(directory, FILE)).toEqual({ events: [], torn: 0 });
  });

  it.each<[string, (directory: string, path: string) => void]>([
    ['is gone', (_, path) => rmSync(path)],
    [
      'is a link',
      (directory, path) => {
        rmSync(path);
        symlinkSync(plantLedgerFile(directory, OTHER_FILE), path);
      },
    ],
    ['is larger than any of ours', (_, path) => truncateSync(path, 20_000_000)],
    ['stands where others can write', (directory) => chmodSync(join(directory, 'ledger'), 0o777)],
  ])('is not known when the file %s', (_, change) => {
    const directory = createDirectory();
    change(directory, plantLedgerFile(directory));
    expect(readWaiting(directory, FILE)).toBeUndefined();
  });

  it.each(['../secret', '/etc/passwd', 'telemetry_notes.ndjson', `../ledger/${FILE}`])(
    'is not looked for in %s',
    (fileName) => {
      const directory = createDirectory();
      plantLedgerFile(directory);
      expect(readWaiting(directory, fileName)).toBeUndefined();
      expect(standsInLedger(directory, fileName)).toBe(false);
      expect(settleWaiting(directory, fileName, [uuidOf(1)], 'sent', STARTED_MS)).toBe(false);
    },
  );
});

describe('how events ended', () => {
  it('is noted in their file, and they wait no more', () => {
    const directory = createDirectory();
    plantLedgerFile(directory, FILE, [1, 2, 3].map(recordLine).join(''));
    expect(settleWaiting(directory, FILE, [uuidOf(1)], 'sent', STARTED_MS)).toBe(true);
    expect(settleWaiting(directory, FILE, [uuidOf(3)], 'rejected_by_server', STARTED_MS)).toBe(true);
    expect(uuidsIn(directory)).toEqual([uuidOf(2)]);
    const [file] = listSessions(directory);
    const ends =
      file && readSession(file)?.events.map(({ sent_at, dropped_reason }) => [sent_at, dropped_reason]);
    expect(ends).toEqual([
      ['2026-11-21T08:30:00.000Z', null],
      [null, null],
      [null, 'rejected_by_server'],
    ]);
  });

  it('stands on a line of its own after one that was cut', () => {
    const directory = createDirectory();
    const path = plantLedgerFile(directory, FILE, recordLine(1));
    appendFileSync(path, '{"recorded_at":"20');
    expect(settleWaiting(directory, FILE, [uuidOf(1)], 'sent', STARTED_MS)).toBe(true);
    expect(readWaiting(directory, FILE)).toEqual({ events: [], torn: 1 });
  });

  it('is not noted, and nothing is made, when the file is gone', () => {
    const directory = createDirectory();
    expect(settleWaiting(directory, FILE, [uuidOf(1)], 'sent', STARTED_MS)).toBe(false);
    expect(standsInLedger(directory, FILE)).toBe(false);
    rmSync(plantLedgerFile(directory));
    expect(settleWaiting(directory, FILE, [uuidOf(1)], 'sent', STARTED_MS)).toBe(false);
    expect(standsInLedger(directory, FILE)).toBe(false);
    plantLedgerFile(directory);
    expect(standsInLedger(directory, FILE)).toBe(true);
    expect(settleWaiting(directory, FILE, [], 'sent', STARTED_MS)).toBe(true);
    expect(linesOf(directory)).toHaveLength(2);
  });

  it('is foreseen by a look that changes nothing', () => {
    const directory = createDirectory();
    expect(canSettle(directory, FILE)).toBe(false);
    const path = plantLedgerFile(directory);
    const before = readFileSync(path, 'utf8');
    expect(canSettle(directory, FILE)).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect(canSettle(directory, 'notes.txt')).toBe(false);
  });

  it('is said not to be noted where nothing can be written', () => {
    const directory = createDirectory();
    const path = plantLedgerFile(directory);
    chmodSync(path, 0o444);
    for (const open of [directory, join(directory, 'ledger')]) chmodSync(open, 0o755);
    const settle = () => settleWaiting(directory, FILE, [uuidOf(1)], 'sent', STARTED_MS);
    expect(withoutSpecialRights(settle)).toBe(false);
    expect(withoutSpecialRights(() => canSettle(directory, FILE))).toBe(false);
    expect(settleWaiting(createReadOnlyDirectory(), FILE, [uuidOf(1)], 'sent', STARTED_MS)).toBe(false);
  });
});

describe('a file that is done with', () => {
  it('has no note any more, whoever wrote one', () => {
    const directory = createDirectory();
    plantLedgerFile(directory, FILE, recordLine(1) + endLine('sent', 1));
    plantReleased(directory, OTHER_FILE);
    plantReleased(directory);
    notesOf(directory, DEAD_PID).hold(FILE);
    expect(finishWaiting(directory, FILE)).toBe(true);
    expect(spoolNames(directory)).toEqual(['telemetry_20261120_083000_9f8e7d6c.released.json']);
  });

  it.each<[string, (path: string) => void]>([
    ['is gone', (path) => rmSync(path)],
    ['is none of ours', (path) => truncateSync(path, 20_000_000)],
  ])('has no note any more when it %s', (_, change) => {
    const directory = createDirectory();
    change(plantLedgerFile(directory));
    plantReleased(directory);
    finishWaiting(directory, FILE);
    expect(spoolNames(directory)).toEqual([]);
  });

  it('keeps its notes while something waits, or while that cannot be told', () => {
    const directory = createDirectory();
    plantLedgerFile(directory);
    plantReleased(directory);
    expect(finishWaiting(directory, FILE)).toBe(false);
    chmodSync(join(directory, 'ledger'), 0o777);
    expect(finishWaiting(directory, FILE)).toBe(false);
    expect(spoolNames(directory)).toEqual(['telemetry_20261121_083000_1b4e28ba.released.json']);
  });

  it('gets a note back when its process added to it just before the notes were removed', () => {
    const directory = createDirectory();
    const path = plantLedgerFile(directory, FILE, recordLine(1) + endLine('sent', 1));
    notesOf(directory, DEAD_PID).hold(FILE);
    const isDone = finishWaiting(directory, FILE, (...removed) => {
      appendFileSync(path, recordLine(2));
      removeNotesOf(...removed);
      expect(spoolNames(directory)).toEqual([]);
    });
    expect(isDone).toBe(false);
    expect(listWaiting(directory)).toEqual([{ fileName: FILE, note: NOTE }]);
  });

  it('is nothing to be afraid of where there is no spool', () => {
    const directory = createDirectory();
    for (const fileName of [FILE, '../secret']) finishWaiting(directory, fileName);
    expect(uuidsIn(directory)).toBeUndefined();
  });
});
