import { eraseFile, replaceFile } from '../../internal/index.js';
import { formatNote, type SpoolNote } from './note.js';
import { listNotes, notePath, removeNotesOf } from './note-files.js';
import { readFirstNote } from './read-note.js';
import { mayWait } from './waiting-events.js';

/**
 * Remove every note of a file in which nothing waits any more; the notes of one in which something does stay.
 *
 * @returns whether nothing waits in it. Never throws
 * @remarks Looks again afterwards: the process that wrote the file may live and have added to it meanwhile.
 */
export function finishWaiting(
  directory: string,
  fileName: string,
  removeNotes: typeof removeNotesOf = removeNotesOf,
): boolean {
  if (mayWait(directory, fileName)) return false;
  const notes = listNotes(directory).filter((found) => found.fileName === fileName);
  const note = readFirstNote(notes, eraseFile);
  removeNotes(directory, new Set([fileName]));
  if (!mayWait(directory, fileName)) return true;
  if (note) restore(directory, fileName, note);
  return false;
}

function restore(directory: string, fileName: string, note: SpoolNote): void {
  const path = notePath(directory, { fileName, pid: undefined });
  try {
    if (path !== undefined) replaceFile(path, formatNote(note));
  } catch {
    // A full or read-only disk: its process still has what it added, or has a note of its own.
  }
}
