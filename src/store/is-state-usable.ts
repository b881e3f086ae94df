import { accessSync, constants, lstatSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isOwnPlace } from './is-own.js';
import { LEDGER_FOLDER } from './ledger/file-name.js';

/**
 * Could the ledger be kept in this state directory? Looks at what is there and makes nothing.
 *
 * @returns whether the ledger's folder, or the nearest existing directory above it, can be written to. False without a
 *   directory, when something else stands in its place, and when the state directory or the ledger's folder belongs to
 *   another user or can be written to by others. Never throws
 * @remarks A few looks at metadata. A yes is no promise: the disk may be full, or what is missing may be forbidden.
 */
export function isStateUsable(directory: string | undefined): boolean {
  if (directory === undefined) return false;
  try {
    const folder = join(directory, LEDGER_FOLDER);
    if (!isOwnPlace(directory) || !isOwnPlace(folder)) return false;
    const nearest = nearestExisting(folder);
    accessSync(nearest, constants.W_OK | constants.X_OK);
    // The folder of the ledger must be no link; the directories above it may be.
    return (nearest === folder ? lstatSync(nearest) : statSync(nearest)).isDirectory();
  } catch {
    return false;
  }
}

/** @throws when a file stands where a directory should, and on a drive that does not exist */
function nearestExisting(path: string): string {
  if (lstatSync(path, { throwIfNoEntry: dirname(path) === path })) return path;
  return nearestExisting(dirname(path));
}
