import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What all files of a folder and of those in it hold; 0 for one that does not exist. @param {string} directory */
export function directoryBytes(directory) {
  return filesIn(directory).reduce((sum, path) => sum + bytesOf(path), 0);
}

function filesIn(directory) {
  try {
    const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  } catch {
    return [];
  }
}

function bytesOf(path) {
  try {
    return statSync(path).size;
  } catch {
    // Removed since it was listed.
    return 0;
  }
}
