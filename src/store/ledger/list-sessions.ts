import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  compareLedgerFileNames,
  LEDGER_FOLDER,
  type LedgerFileName,
  parseLedgerFileName,
} from './file-name.js';

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
  return namesIn(folder)
    .map((name) => [name, parseLedgerFileName(name)] as const)
    .filter((entry): entry is [string, LedgerFileName] => entry[1] !== undefined)
    .sort(([, a], [, b]) => compareLedgerFileNames(a, b))
    .flatMap(([name]) => look(folder, name));
}

function namesIn(folder: string): readonly string[] {
  try {
    return lstatSync(folder).isDirectory() ? readdirSync(folder) : [];
  } catch {
    return [];
  }
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
