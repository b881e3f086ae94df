import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { eraseFile, originalName } from '../../internal/index.js';
import { hasOwnFolder } from '../own-folder.js';
import { formatNoteName, type NoteName, parseNoteName, SPOOL_FOLDER } from './note-name.js';

/** A note on disk. */
export interface NoteFile extends NoteName {
  readonly path: string;
}

/** Is there a spool, and is it safe from others? Never throws. */
export function hasSpool(directory: string): boolean {
  try {
    return hasOwnFolder(join(directory, SPOOL_FOLDER), false);
  } catch {
    return false;
  }
}

/** Where a note stands. @returns undefined when that is no name of a file of the ledger */
export function notePath(directory: string, note: NoteName): string | undefined {
  const name = formatNoteName(note);
  return name && join(directory, SPOOL_FOLDER, name);
}

/** The notes of a state directory, in no order. None where there is no spool, or one that is not safe. Never throws. */
export function listNotes(directory: string): readonly NoteFile[] {
  return namesIn(directory).flatMap((name) => toNoteFile(directory, name, name));
}

/**
 * Remove notes, and what is left of those that were being written. Never throws.
 *
 * @param fileNames - of the files of the ledger that they stand for
 */
export function removeNotesOf(directory: string, fileNames: ReadonlySet<string>): void {
  if (fileNames.size === 0) return;
  const notes = namesIn(directory).flatMap((name) => toNoteFile(directory, name, originalName(name)));
  for (const { path, fileName } of notes) if (fileNames.has(fileName)) eraseFile(path);
}

function namesIn(directory: string): readonly string[] {
  try {
    return hasSpool(directory) ? readdirSync(join(directory, SPOOL_FOLDER)) : [];
  } catch {
    return [];
  }
}

function toNoteFile(directory: string, name: string, noteName: string): readonly NoteFile[] {
  const note = parseNoteName(noteName);
  return note ? [{ ...note, path: join(directory, SPOOL_FOLDER, name) }] : [];
}
