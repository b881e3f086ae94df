import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Make a directory, and those above it that are missing, for this user only (0700). What is there stays as it is.
 *
 * @throws the file system's error, also where a file or a broken link stands in the way
 * @remarks Node's own recursive `mkdir` never returns below places where nothing can be made, such as `/proc/self/fd`.
 */
export function makeDirectory(path: string): void {
  if (isDirectory(path)) return;
  const above = dirname(path);
  if (above !== path) makeDirectory(above);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have been faster.
    if (!isDirectory(path)) throw error;
  }
}

const isDirectory = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
