import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { LEDGER_FOLDER } from './file-name.js';
import { listLedgerNames } from './list-names.js';

/** A file of the ledger: a session, or a part of one that grew large. */
export interface SessionFileInfo {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  /** When it was last written, in milliseconds since 1970. */
  readonly modifiedMs: number;
}

/**
 * The files of the ledger in a state directory, newest last; the parts of a session in their order.
 *
 * @returns none where there is no ledger, or where a link stands in its place. Never throws
 */
export function listSessions(directory: string | undefined): readonly SessionFileInfo[] {
  if (directory === undefined) return [];
  const folder = join(directory, LEDGER_FOLDER);
  return listLedgerNames(folder).flatMap((name) => look(folder, name));
}

/** None when it was removed meanwhile, or is no file. */
function look(folder: string, name: string): readonly SessionFileInfo[] {
  try {
    const path = join(folder, name);
    const found = lstatSync(path);
    return found.isFile() ? [{ name, path, bytes: found.size, modifiedMs: found.mtimeMs }] : [];
  } catch {
    return [];
  }
}
