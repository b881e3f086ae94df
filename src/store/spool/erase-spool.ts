import { lstatSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
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
  const erased = namesIn(folder)
    ?.filter(isSpoolFile)
    .map((name) => isDone(() => rmSync(join(folder, name), { force: true })));
  // One that is not empty holds something else.
  isDone(() => rmdirSync(folder));
  return erased?.every(Boolean) ?? false;
}

/** None when there is no such folder; undefined when it cannot be listed. */
function namesIn(folder: string): readonly string[] | undefined {
  try {
    if (!lstatSync(folder).isDirectory()) return [];
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? [] : undefined;
  }
}

function isDone(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
