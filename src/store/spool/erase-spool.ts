import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { eraseEmptyFolder, eraseFiles } from '../../internal/index.js';
import { isSpoolFile, SPOOL_FOLDER } from './note-name.js';

/**
 * Remove the spool: notes, state and lease, and the folder when nothing else is in it. Nothing that waits is sent then.
 *
 * @param directory - the state directory
 * @returns whether nothing of it is left. Never throws
 * @remarks The events stay in the ledger. A link in the place of the folder stays too: nothing of ours is behind it.
 */
export function eraseSpool(directory: string): boolean {
  const folder = join(directory, SPOOL_FOLDER);
  const isErased = isLink(folder) || eraseFiles(folder, isSpoolFile);
  eraseEmptyFolder(folder);
  return isErased;
}

/** False when that cannot be told. */
function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
