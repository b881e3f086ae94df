import { readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Remove files of a folder. Folders in it stay; of a link the link is removed.
 *
 * @param isMeant - asked with each name
 * @returns whether nothing of them is left: true where there is no such folder, false when it cannot be listed. Never throws
 */
export function eraseFiles(folder: string, isMeant: (name: string) => boolean): boolean {
  const erased = filesIn(folder)
    ?.filter(isMeant)
    .map((name) => eraseFile(join(folder, name)));
  return erased?.every(Boolean) ?? false;
}

/** Remove a folder, unless something is in it. Never throws. */
export function eraseEmptyFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Something else is in it, or it is not there.
  }
}

/** None when there is no such folder; undefined when it cannot be listed. */
function filesIn(folder: string): readonly string[] | undefined {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? [] : undefined;
  }
}

/** Remove a file, or a link to one. @returns false when it is still there. Never throws */
export function eraseFile(path: string): boolean {
  try {
    rmSync(path, { force: true });
    return true;
  } catch {
    return false;
  }
}
