import { join } from 'node:path';
import { eraseEmptyFolder, eraseFile, eraseFiles } from '../internal/index.js';
import { findData } from './data-files.js';
import { BUNDLE_FOLDER } from './diagnostics/bundle-name.js';
import { isInstallationFile } from './file-names.js';
import { eraseSpool } from './spool/erase-spool.js';

/**
 * Remove what tells this installation from another: its secret, its flags, and what was ever set aside or left over of them.
 * With them go the spool, so that nothing that waits is sent any more, and the bundles, which carry the id.
 *
 * @param directory - the state directory; it stays, with everything else in it
 * @returns whether nothing of it is left. Never throws
 * @remarks A process that runs meanwhile still has the secret in memory; it must not use it once consent is gone.
 */
export function eraseInstallation(directory: string | undefined): boolean {
  if (directory === undefined) return true;
  return [eraseSpool(directory), eraseBundles(directory), eraseFiles(directory, isInstallationFile)].every(
    Boolean,
  );
}

/** They carry the id that is made with the secret. */
function eraseBundles(directory: string): boolean {
  const { files, unreadable } = findData(directory, BUNDLE_FOLDER);
  const erased = files.map(({ path }) => eraseFile(path));
  eraseEmptyFolder(join(directory, BUNDLE_FOLDER));
  return unreadable.length === 0 && erased.every(Boolean);
}
