import { chmodSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findWaiting, hasWaiting, listWaiting, peekWaiting } from '../../../../src/store/index.js';
import { createDirectory } from '../../../support/directories.js';
import {
  DEAD_PID,
  FILE,
  LATER_FILE,
  makeOld,
  NOTE,
  notesOf,
  OTHER_FILE,
  plantLedgerFile,
  plantReleased,
  spoolNames,
} from './support.js';

const HELD = `telemetry_20261121_083000_1b4e28ba.${process.pid}.held.json`;
const RELEASED = 'telemetry_20261121_083000_1b4e28ba.released.json';
const DAY_MS = 86_400_000;

describe('what waits, for who only looks', () => {
  it('is there while a living process holds it too, and no note is removed by the look', () => {
    const directory = createDirectory();
    plantLedgerFile(directory, FILE);
    plantReleased(directory, FILE);
    plantReleased(directory, OTHER_FILE);
    writeFileSync(join(directory, 'spool', HELD), JSON.stringify(NOTE), { mode: 0o600 });
    writeFileSync(join(directory, 'spool', RELEASED), 'nothing of ours', { mode: 0o600 });
    const before = spoolNames(directory);
    expect(peekWaiting(directory)).toEqual([{ fileName: FILE, note: NOTE }]);
    expect(spoolNames(directory)).toEqual(before);
    expect(listWaiting(directory, () => false)).toEqual([{ fileName: FILE, note: NOTE }]);
    expect(spoolNames(directory)).not.toEqual(before);
  });
});

describe('what waits for somebody to send it', () => {
  it('is what was released, the oldest file first, with what its note says', () => {
    const directory = createDirectory();
    const other = { ...NOTE, app: 'other' };
    for (const name of [LATER_FILE, FILE, OTHER_FILE]) {
      plantLedgerFile(directory, name);
      plantReleased(directory, name, name === OTHER_FILE ? other : NOTE);
    }
    expect(listWaiting(directory)).toEqual([
      { fileName: OTHER_FILE, note: other },
      { fileName: FILE, note: NOTE },
      { fileName: LATER_FILE, note: NOTE },
    ]);
  });

  it('is what a dead process held, and not what a living one holds', () => {
    const directory = createDirectory();
    plantLedgerFile(directory, FILE);
    plantLedgerFile(directory, LATER_FILE);
    notesOf(directory, process.pid).hold(FILE);
    notesOf(directory, DEAD_PID).hold(LATER_FILE);
    expect(listWaiting(directory).map(({ fileName }) => fileName)).toEqual([LATER_FILE]);
    expect(listWaiting(directory, () => false).map(({ fileName }) => fileName)).toEqual([FILE, LATER_FILE]);
    expect(listWaiting(directory, () => true)).toEqual([]);
  });

  it('is not what a living process holds, though some of it was released', () => {
    const directory = createDirectory();
    plantLedgerFile(directory);
    plantReleased(directory);
    notesOf(directory, process.pid).hold(FILE);
    expect(listWaiting(directory)).toEqual([]);
    expect(spoolNames(directory)).toEqual([HELD, RELEASED]);
  });

  it('is what another process of the same pid held, as in a container that was started again', () => {
    const directory = createDirectory();
    plantLedgerFile(directory);
    notesOf(directory, process.pid).hold(FILE);
    const beforeThisProcess = new Date(performance.timeOrigin - 1_000);
    utimesSync(join(directory, 'spool', HELD), beforeThisProcess, beforeThisProcess);
    expect(listWaiting(directory).map(({ fileName }) => fileName)).toEqual([FILE]);
  });

  it('is what a living process holds and has not touched for a day', () => {
    const directory = createDirectory();
    plantLedgerFile(directory);
    notesOf(directory, process.ppid).hold(FILE);
    const held = join(directory, 'spool', HELD.replace(String(process.pid), String(process.ppid)));
    makeOld(held, 0.9 * DAY_MS);
    expect(listWaiting(directory)).toEqual([]);
    makeOld(held, 1.1 * DAY_MS);
    expect(listWaiting(directory)).toEqual([{ fileName: FILE, note: NOTE }]);
  });

  it('is once what has several notes', () => {
    const directory = createDirectory();
    plantLedgerFile(directory);
    plantReleased(directory);
    for (const pid of [DEAD_PID, DEAD_PID + 1]) notesOf(directory, pid).hold(FILE);
    expect(listWaiting(directory)).toEqual([{ fileName: FILE, note: NOTE }]);
  });

  it('is nothing of which the file is gone, and its notes go too; but not those of a living process', () => {
    const directory = createDirectory();
    plantReleased(directory);
    notesOf(directory, DEAD_PID).hold(FILE);
    notesOf(directory, process.pid).hold(LATER_FILE);
    expect(listWaiting(directory)).toEqual([]);
    expect(spoolNames(directory)).toEqual([`telemetry_20261121_083000_1b4e28ba.2.${process.pid}.held.json`]);
  });

  it.each<[string, (path: string) => void]>([
    ['is no JSON', (path) => writeFileSync(path, '{"app":')],
    ['is empty', (path) => writeFileSync(path, '')],
    ['is too large', (path) => writeFileSync(path, JSON.stringify({ ...NOTE, more: 'x'.repeat(70_000) }))],
    ['is a link', (path) => symlinkSync('/etc/hostname', path)],
  ])('is nothing of which the note %s, and the note goes', (_, write) => {
    const directory = createDirectory();
    plantLedgerFile(directory);
    plantReleased(directory);
    rmSync(join(directory, 'spool', RELEASED));
    write(join(directory, 'spool', RELEASED));
    expect(listWaiting(directory)).toEqual([]);
    expect(spoolNames(directory)).toEqual([]);
  });

  it('is what a second note says when the first is broken', () => {
    const directory = createDirectory();
    plantLedgerFile(directory);
    notesOf(directory, DEAD_PID).hold(FILE);
    writeFileSync(join(directory, 'spool', RELEASED), '');
    expect(listWaiting(directory)).toEqual([{ fileName: FILE, note: NOTE }]);
  });

  it('is nothing where there is no spool, or one that is not safe, and other files in it stay', () => {
    const directory = createDirectory();
    expect(listWaiting(directory)).toEqual([]);
    expect(listWaiting(join(directory, 'nowhere'))).toEqual([]);
    plantLedgerFile(directory);
    plantReleased(directory);
    writeFileSync(join(directory, 'spool', 'notes.json'), '');
    mkdirSync(join(directory, 'spool', 'telemetry_20261121_083000_00000000.released.json'));
    expect(listWaiting(directory)).toHaveLength(1);
    expect(spoolNames(directory)).toContain('notes.json');
    chmodSync(join(directory, 'spool'), 0o777);
    expect(listWaiting(directory)).toEqual([]);
  });
});

describe('whether anything waits', () => {
  it.each<[string, boolean, (directory: string) => void]>([
    ['something was released', true, (directory) => plantReleased(directory)],
    ['a dead process held something', true, (directory) => notesOf(directory, DEAD_PID).hold(FILE)],
    ['a living process holds all', false, (directory) => notesOf(directory, process.pid).hold(FILE)],
    [
      'a living process holds what was released too',
      false,
      (directory) => {
        plantReleased(directory);
        notesOf(directory, process.pid).hold(FILE);
      },
    ],
    ['there is no spool', false, () => {}],
  ])('is told by names alone when %s', (_, isWaiting, arrange) => {
    const directory = createDirectory();
    arrange(directory);
    expect(hasWaiting(directory)).toBe(isWaiting);
  });

  it('is told without reading a note, and who asks for one file reads one', () => {
    const directory = createDirectory();
    for (const name of [FILE, LATER_FILE]) {
      plantLedgerFile(directory, name);
      plantReleased(directory, name);
    }
    const broken = join(directory, 'spool', 'telemetry_20261121_083000_1b4e28ba.2.released.json');
    writeFileSync(broken, '{');
    expect(hasWaiting(directory)).toBe(true);
    expect(findWaiting(directory).next().value).toEqual({ fileName: FILE, note: NOTE });
    expect(spoolNames(directory)).toHaveLength(2);
    expect(listWaiting(directory)).toHaveLength(1);
    expect(spoolNames(directory)).toHaveLength(1);
  });
});
