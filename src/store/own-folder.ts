import { chmodSync, lstatSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeDirectory } from '../internal/index.js';
import { isOwnPlace } from './is-own.js';

const READABLE_BY_OTHERS = 0o077;

/**
 * See that a folder is there and safe: no link, and neither it nor what it stands in can be written to by others.
 *
 * @param mayCreate - make what is missing (0700), and close the folder to the eyes of others
 * @returns false when it is not there and may not be made
 * @throws the file system's error, or one that says that the place is no folder or not safe from others
 */
export function hasOwnFolder(folder: string, mayCreate: boolean): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (!found && !mayCreate) return false;
  refuseOthersPlace(dirname(folder));
  if (!found) {
    makeDirectory(folder);
    // Somebody else may have made what it stands in meanwhile.
    refuseOthersPlace(dirname(folder));
    return true;
  }
  if (!found.isDirectory()) throw new Error('The place of a folder is taken by something else.');
  refuseOthersPlace(folder);
  if (mayCreate && found.uid === process.geteuid?.() && (found.mode & READABLE_BY_OTHERS) !== 0)
    chmodSync(folder, 0o700);
  return true;
}

function refuseOthersPlace(path: string): void {
  if (!isOwnPlace(path)) throw new Error('Others can write to the folder.');
}
