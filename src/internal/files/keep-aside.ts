import { linkSync, lstatSync } from 'node:fs';
import { brokenName } from './names.js';

const MAX_KEPT = 9;
/** A process that keeps a file aside replaces it at once; one that has not after so long was killed. */
const CLAIM_MS = 1_000;

/**
 * Give a file that cannot be used a second name, so that it can be replaced without being lost.
 *
 * @returns the new name, `<path>.broken-1` to `-9`: the caller alone may replace the file now. Undefined while another
 *   process is about to, or has just done so: look again
 * @throws the file system's error: for a folder, and where there are no hard links
 */
export function keepAside(path: string): string | undefined {
  for (let attempt = 1; attempt <= MAX_KEPT; attempt += 1) {
    const aside = brokenName(path, attempt);
    try {
      linkSync(path, aside);
      return aside;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const kept = lstatSync(aside, { bigint: true, throwIfNoEntry: false });
    if (kept === undefined) return undefined;
    if (kept.ino !== lstatSync(path, { bigint: true }).ino) continue;
    return Date.now() - Number(kept.ctimeMs) > CLAIM_MS ? aside : undefined;
  }
  throw new Error('Nine broken files are kept aside, and no more.');
}
