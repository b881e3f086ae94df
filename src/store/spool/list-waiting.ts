import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { eraseFile, isProcessAlive } from '../../internal/index.js';
import {
  compareLedgerFileNames,
  LEDGER_FOLDER,
  type LedgerFileName,
  parseLedgerFileName,
} from '../ledger/file-name.js';
import type { SpoolNote } from './note.js';
import { listNotes, type NoteFile } from './note-files.js';
import { readFirstNote } from './read-note.js';

/** A file of the ledger with events that were left for others to send. */
export interface WaitingFile {
  readonly fileName: string;
  readonly note: SpoolNote;
}

/** A note that a process holds is touched by every hour in which it records. The process of one so old hangs, or is another. */
const ORPHANED_MS = 86_400_000;

/**
 * The files of the ledger whose events wait and that no living process sends, oldest first. Those whose notes have been
 * released, or are held by a process that ended or that has not touched them for a day.
 *
 * @param isAlive - whether a process runs, by its pid
 * @param nowMs - since 1970
 * @returns none where there is no spool. Never throws
 * @remarks Removes notes that are broken, and those whose file is gone.
 */
export function listWaiting(
  directory: string,
  isAlive: (pid: number) => boolean = isProcessAlive,
  nowMs: number = Date.now(),
): readonly WaitingFile[] {
  return [...findWaiting(directory, isAlive, nowMs)];
}

/** As {@link listWaiting}, one by one: who takes only the first reads no other note. */
export function* findWaiting(
  directory: string,
  isAlive: (pid: number) => boolean = isProcessAlive,
  nowMs: number = Date.now(),
): Generator<WaitingFile> {
  const files = notesByFile(directory).sort(([a], [b]) => compareLedgerFileNames(a, b));
  for (const [, fileName, notes] of files) {
    if (notes.some((note) => isHeld(note, isAlive, nowMs))) continue;
    const note = isGone(directory, fileName) ? removeAll(notes) : readFirstNote(notes, eraseFile);
    if (note) yield { fileName, note };
  }
}

/** As {@link listWaiting} for who only looks: what living processes hold is there too, and nothing is removed. Never throws. */
export function peekWaiting(directory: string): readonly WaitingFile[] {
  const files = notesByFile(directory).sort(([a], [b]) => compareLedgerFileNames(a, b));
  return files.flatMap(([, fileName, notes]) => {
    const note = isGone(directory, fileName) ? undefined : readFirstNote(notes, () => {});
    return note ? [{ fileName, note }] : [];
  });
}

/**
 * Does anything wait that no living process sends? Looks at names only: it may be found to be nothing when it is read.
 *
 * @returns false where there is no spool. Never throws
 */
export function hasWaiting(
  directory: string,
  isAlive: (pid: number) => boolean = isProcessAlive,
  nowMs: number = Date.now(),
): boolean {
  return notesByFile(directory).some(([, , notes]) => !notes.some((note) => isHeld(note, isAlive, nowMs)));
}

function notesByFile(directory: string): [LedgerFileName, string, NoteFile[]][] {
  const found = new Map<string, [LedgerFileName, string, NoteFile[]]>();
  for (const note of listNotes(directory)) {
    const { fileName } = note;
    const name = parseLedgerFileName(fileName);
    const others = found.get(fileName)?.[2];
    if (others) others.push(note);
    else if (name) found.set(fileName, [name, fileName, [note]]);
  }
  return [...found.values()];
}

function isHeld({ path, pid }: NoteFile, isAlive: (pid: number) => boolean, nowMs: number): boolean {
  if (pid === undefined || !isAlive(pid)) return false;
  try {
    const { mtimeMs } = lstatSync(path);
    // In a container every run has the same pid: what is older than this process is of one before.
    if (pid === process.pid && mtimeMs < performance.timeOrigin) return false;
    return Math.abs(nowMs - mtimeMs) < ORPHANED_MS;
  } catch {
    // Released at this moment: for the next time.
    return true;
  }
}

/** False when that cannot be told. */
function isGone(directory: string, fileName: string): boolean {
  try {
    const path = join(directory, LEDGER_FOLDER, fileName);
    return lstatSync(path, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
}

function removeAll(notes: readonly NoteFile[]): undefined {
  for (const { path } of notes) eraseFile(path);
}
