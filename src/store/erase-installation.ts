import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isInstallationFile } from './file-names.js';
import { eraseSpool } from './spool/erase-spool.js';

/**
 * Remove what tells this installation from another: its secret, its flags, and what was ever set aside or left over of them.
 * With them goes the spool, so that nothing that waits is sent any more.
 *
 * @param directory - the state directory; it stays, with everything else in it
 * @returns whether nothing of it is left. Never throws
 * @remarks A process that runs meanwhile still has the secret in memory; it must not use it once consent is gone.
 */
export function eraseInstallation(directory: string | undefined): boolean {
  if (directory === undefined) return true;
  const isSpoolErased = eraseSpool(directory);
  const erased = filesIn(directory)
    ?.filter(isInstallationFile)
    .map((name) => erase(join(directory, name)));
  return isSpoolErased && (erased?.every(Boolean) ?? false);
}

/** None when there is no such directory; undefined when it cannot be listed. */
function filesIn(directory: string): readonly string[] | undefined {
  try {
    const entries = readdirSync(directory, { withFileTypes: true });
    return entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? [] : undefined;
  }
}

function erase(path: string): boolean {
  try {
    rmSync(path, { force: true });
    return true;
  } catch {
    return false;
  }
}
