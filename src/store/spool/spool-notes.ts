import { lstatSync, renameSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { eraseFile, quietly, replaceFile } from '../../internal/index.js';
import { hasOwnFolder } from '../own-folder.js';
import { formatNote, MAX_NOTE_BYTES, type SpoolNote } from './note.js';
import { hasSpool, notePath } from './note-files.js';
import { SPOOL_FOLDER } from './note-name.js';

/** Says which files of the ledger have events that wait. Nothing of it throws. */
export interface SpoolNotes {
  /** Events of a file wait, and this process sends them: others leave them alone while it lives. Cheap when that is known. */
  hold(fileName: string): void;
  /** What waits in a file is for others to send. */
  release(fileName: string): void;
  /** Nothing of a file waits any more. */
  done(fileName: string): void;
}

const TOUCH_EVERY_MS = 3_600_000;

/**
 * Notes in the folder `spool` of the state directory: `<ledger file>.<pid>.held.json` and `<ledger file>.released.json`.
 *
 * @param note - the same for all files of this process
 * @param now - milliseconds since 1970
 * @remarks Touches the disk when it is told something, not when it is created. Where no note can be written, events are sent
 *   by their own process or not at all.
 */
export function createSpoolNotes(
  directory: string,
  note: SpoolNote,
  pid: number = process.pid,
  now: () => number = Date.now,
): SpoolNotes {
  const text = formatNote(note);
  const isTooLarge = Buffer.byteLength(text) > MAX_NOTE_BYTES;
  const write = (path: string) => {
    if (!isTooLarge && hasOwnFolder(join(directory, SPOOL_FOLDER), true)) replaceFile(path, text);
  };
  const pathsOf = (fileName: string) => {
    const held = notePath(directory, { fileName, pid });
    const released = notePath(directory, { fileName, pid: undefined });
    return held === undefined || released === undefined ? undefined : { held, released };
  };

  return {
    // A full or read-only disk, or a folder that others can write to, costs the note.
    hold: (fileName) =>
      quietly(() => {
        const paths = pathsOf(fileName);
        if (paths && !isFresh(paths.held, now())) write(paths.held);
      }),

    release: (fileName) =>
      quietly(() => {
        const paths = pathsOf(fileName);
        if (!paths || !hasSpool(directory)) return;
        if (!isRenamed(paths.held, paths.released)) write(paths.released);
      }),

    done: (fileName) =>
      quietly(() => {
        const paths = pathsOf(fileName);
        if (!paths || !hasSpool(directory)) return;
        for (const path of [paths.held, paths.released]) eraseFile(path);
      }),
  };
}

/** @returns false when it is not there */
function isFresh(path: string, nowMs: number): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return false;
  if (Math.abs(nowMs - found.mtimeMs) > TOUCH_EVERY_MS) utimesSync(path, nowMs / 1000, nowMs / 1000);
  return true;
}

/** In one step: whoever is killed meanwhile leaves the one or the other. @returns false when it was not there */
function isRenamed(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
