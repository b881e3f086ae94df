import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Notes, readNotes } from './read-notes.js';

/** Where the programs of one run note what they start. */
export interface NotesFile extends Disposable {
  readonly path: string;
  read(): Notes;
}

/** Stands beside all machines: it is no part of what is looked at. */
export function openNotes(): NotesFile {
  const directory = mkdtempSync(join(tmpdir(), 'sotto-notes-'));
  const path = join(directory, 'notes');
  writeFileSync(path, '');
  // Programs may run as somebody else.
  chmodSync(directory, 0o755);
  chmodSync(path, 0o666);
  return {
    path,
    read: () => readNotes(readFileSync(path, 'utf8')),
    [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }),
  };
}
