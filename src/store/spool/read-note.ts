import { readSmallFile } from '../../internal/index.js';
import { MAX_NOTE_BYTES, parseNote, type SpoolNote } from './note.js';
import { type NoteFile, removeNote } from './note-files.js';

/**
 * Read the notes of one file of the ledger. All are of the process that wrote it, so the first that can be read counts,
 * released ones before others.
 *
 * @returns undefined when none can be read. Never throws
 * @remarks Removes broken ones that it comes across.
 */
export function readFirstNote(notes: readonly NoteFile[]): SpoolNote | undefined {
  const releasedFirst = notes.toSorted((a, b) => Number(a.pid !== undefined) - Number(b.pid !== undefined));
  for (const { path } of releasedFirst) {
    const file = readSmallFile(path, MAX_NOTE_BYTES);
    const note = file.status === 'found' ? parseNote(new TextDecoder().decode(file.bytes)) : undefined;
    if (note) return note;
    if (file.status === 'found' || file.status === 'unfit') removeNote(path);
  }
  return undefined;
}
