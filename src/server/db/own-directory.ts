import { chmodSync, lstatSync, type Stats, statSync } from 'node:fs';
import { RepositoryError } from './errors.js';

const WRITABLE_BY_OTHERS = 0o022;
const OPEN_TO_OTHERS = 0o077;

/**
 * Close a directory to everybody but the user of this process (0700). PGlite lets everybody read and write the files that it
 * makes: what stands above them has to keep others out.
 *
 * @param directory - exists
 * @throws {RepositoryError} `DATABASE_FAILED` if it, or a link in its place, belongs to another user; the file system's error
 * @remarks Does nothing where the system knows no such rights, as on Windows.
 */
export function closeToOthers(directory: string): void {
  const user = process.geteuid?.();
  if (user === undefined) return;
  const { uid, mode } = statSync(directory);
  if (uid !== user || lstatSync(directory).uid !== user)
    throw new RepositoryError('DATABASE_FAILED', NOT_OWN);
  if ((mode & OPEN_TO_OTHERS) === 0) return;
  chmodSync(directory, 0o700);
}

/**
 * See that others cannot change what stands in a directory. One that is not there yet is made for this user only.
 *
 * @throws {RepositoryError} `DATABASE_FAILED` if it belongs to another user than this one or root, or others can write to it
 */
export function refuseOpenDirectory(directory: string): void {
  const found = [lstatSync, statSync].map((look) => look(directory, { throwIfNoEntry: false }));
  if (found.every((stats) => stats === undefined || isSafe(stats))) return;
  throw new RepositoryError('DATABASE_FAILED', OPEN);
}

function isSafe(stats: Stats): boolean {
  const user = process.geteuid?.();
  if (user === undefined) return true;
  const isOwn = stats.uid === user || stats.uid === 0;
  // The rights of a link say nothing.
  return isOwn && (stats.isSymbolicLink() || (stats.mode & WRITABLE_BY_OTHERS) === 0);
}

const NOT_OWN =
  'The directory of the database belongs to another user. Run this as that user, or choose a directory of this one.';

const OPEN =
  "Others can write to the directory of the services' files. Take that right from them with chmod go-w, or name a directory within it by SOTTO_DATA_DIR.";
