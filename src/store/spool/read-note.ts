import { readSmallFile } from '../../internal/index.js';
import { isOwn } from '../is-own.js';
import { MAX_NOTE_BYTES, parseNote, type SpoolNote } from './note.js';
import type { NoteFile } from './note-files.js';

/**
 * Read the notes of one file of the ledger. All are of the process that wrote it, so the first that can be read counts,
 * released ones before others.
 *
 * @param remove - what is done with broken ones that it comes across, and with those that others own or may write
 * @returns undefined when none can be read. Never throws
 */
export function readFirstNote(
  notes: readonly NoteFile[],
  remove: (path: string) => void,
): SpoolNote | undefined {
  const releasedFirst = notes.toSorted((a, b) => Number(a.pid !== undefined) - Number(b.pid !== undefined));
  for (const { path } of releasedFirst) {
    const file = readSmallFile(path, MAX_NOTE_BYTES);
    const note =
      file.status === 'found' && isOwn(file) ? parseNote(new TextDecoder().decode(file.bytes)) : undefined;
    if (note) return note;
    if (file.status === 'found' || file.status === 'unfit') remove(path);
  }
  return undefined;
}
