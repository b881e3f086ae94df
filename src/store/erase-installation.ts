import { eraseFiles } from '../internal/index.js';
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
  return [eraseSpool(directory), eraseFiles(directory, isInstallationFile)].every(Boolean);
}
