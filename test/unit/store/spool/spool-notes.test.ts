import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSpoolNotes } from '../../../../src/store/index.js';
import { parseNote } from '../../../../src/store/spool/note.js';
import {
  createDirectory,
  createReadOnlyDirectory,
  withoutSpecialRights,
} from '../../../support/directories.js';
import { FILE, makeOld, NOTE, notesOf, spoolNames } from './support.js';

const HELD = 'telemetry_20261121_083000_1b4e28ba.4711.held.json';
const RELEASED = 'telemetry_20261121_083000_1b4e28ba.released.json';
const HOUR_MS = 3_600_000;

describe('a note that is held', () => {
  it('stands in the spool under the pid, for its user only', () => {
    const directory = join(createDirectory(), 'acme', 'telemetry');
    const notes = notesOf(directory, 4711);
    expect(readdirSync(join(directory, '../..'))).toEqual([]);
    notes.hold(FILE);
    expect(spoolNames(directory)).toEqual([HELD]);
    const path = join(directory, 'spool', HELD);
    expect(parseNote(readFileSync(path, 'utf8'))).toEqual(NOTE);
    expect([join(directory, 'spool'), path].map((at) => statSync(at).mode & 0o777)).toEqual([0o700, 0o600]);
  });

  it('is written once, and again when it was removed', () => {
    const directory = createDirectory();
    const notes = notesOf(directory, 4711);
    const path = join(directory, 'spool', HELD);
    notes.hold(FILE);
    const { ino, mtimeMs } = statSync(path);
    notes.hold(FILE);
    expect(statSync(path)).toMatchObject({ ino, mtimeMs });
    rmSync(join(directory, 'spool'), { recursive: true });
    notes.hold(FILE);
    expect(spoolNames(directory)).toEqual([HELD]);
  });

  it.each([
    ['is touched', 'an hour', 1.1 * HOUR_MS, true],
    ['is left as it is', 'less', 0.9 * HOUR_MS, false],
  ])('%s after %s', (_, __, ageMs, isTouched) => {
    const directory = createDirectory();
    const notes = notesOf(directory, 4711);
    const path = join(directory, 'spool', HELD);
    notes.hold(FILE);
    makeOld(path, ageMs);
    notes.hold(FILE);
    expect(Date.now() - statSync(path).mtimeMs < 0.5 * HOUR_MS).toBe(isTouched);
  });
});

describe('a note that is released', () => {
  it('has another name and says the same', () => {
    const directory = createDirectory();
    const notes = notesOf(directory, 4711);
    notes.hold(FILE);
    const text = readFileSync(join(directory, 'spool', HELD), 'utf8');
    notes.release(FILE);
    notes.release(FILE);
    expect(spoolNames(directory)).toEqual([RELEASED]);
    expect(readFileSync(join(directory, 'spool', RELEASED), 'utf8')).toBe(text);
  });

  it('is written when it was not there, but not where there is no spool any more', () => {
    const directory = createDirectory();
    notesOf(directory, 4711).release(FILE);
    expect(readdirSync(directory)).toEqual([]);
    mkdirSync(join(directory, 'spool'), { mode: 0o700 });
    notesOf(directory, 4711).release(FILE);
    expect(spoolNames(directory)).toEqual([RELEASED]);
  });
});

describe('a note that is done with', () => {
  it('is gone, whether it was held or released, and those of other processes stay', () => {
    const directory = createDirectory();
    const [notes, others] = [notesOf(directory, 4711), notesOf(directory, 815)];
    for (const each of [others, notes]) each.hold(FILE);
    notes.done(FILE);
    expect(spoolNames(directory)).toEqual([HELD.replace('4711', '815')]);
    notes.hold(FILE);
    notes.release(FILE);
    notes.done(FILE);
    notes.done(FILE);
    expect(spoolNames(directory)).toEqual([HELD.replace('4711', '815')]);
  });
});

describe('no note', () => {
  const calls = (directory: string, note = NOTE, fileName = FILE) => {
    const notes = createSpoolNotes(directory, note, 4711);
    for (const call of ['hold', 'release', 'done'] as const) notes[call](fileName);
  };

  it.each(['../secret', 'telemetry_20261121_083000_1b4e28ba', '/etc/passwd'])(
    'is made for %s, which is no file of the ledger',
    (fileName) => {
      const directory = createDirectory();
      calls(directory, NOTE, fileName);
      expect(readdirSync(directory)).toEqual([]);
    },
  );

  it('is made that would be too large to be read', () => {
    const directory = createDirectory();
    calls(directory, { ...NOTE, command: 'x'.repeat(70_000) });
    expect(readdirSync(directory)).toEqual([]);
  });

  it.each<[string, (directory: string) => void]>([
    ['in a directory that others can write to', (directory) => chmodSync(directory, 0o777)],
    ['behind a link', (directory) => symlinkSync(createDirectory(), join(directory, 'spool'))],
    [
      'in a spool that others can write to',
      (directory) => {
        mkdirSync(join(directory, 'spool'));
        chmodSync(join(directory, 'spool'), 0o777);
      },
    ],
  ])('is made %s', (_, prepare) => {
    const directory = createDirectory();
    prepare(directory);
    calls(directory);
    const left = readdirSync(directory).flatMap((name) => readdirSync(join(directory, name)));
    expect(left).toEqual([]);
  });

  it('is made, and nothing thrown, where nothing can be written', () => {
    const directory = createReadOnlyDirectory();
    withoutSpecialRights(() => calls(directory));
    expect(readdirSync(directory)).toEqual([]);
  });
});
