import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { eraseFile, quietly } from '../../internal/index.js';
import { type FileLimits, removeSurplus } from '../retention.js';
import { isBundleName, isTemporaryBundleName } from './bundle-name.js';

/** A bundle answers one question of one person: nobody looks at more of them. */
const MAX_BUNDLES = 10;
/** To one that is being written something is added all the time. */
const LEFT_OVER_MS = 60_000;

/**
 * Remove the oldest bundles that are too many, too large together or too old, and what killed processes left over.
 *
 * @param written - has just been written, and stays, whatever clocks say
 * @param nowMs - milliseconds since 1970
 * @remarks Never throws: what cannot be removed now is for the next time.
 */
export function removeOldBundles(
  folder: string,
  written: { readonly name: string; readonly bytes: number },
  { retentionDays, maxBytes }: Omit<FileLimits, 'maxFiles'>,
  nowMs: number,
): void {
  quietly(() => {
    const others = readdirSync(folder)
      .filter((name) => isBundleName(name) && name !== written.name)
      .sort();
    for (const name of others) if (isTemporaryBundleName(name)) removeLeftOver(join(folder, name), nowMs);
    removeSurplus(
      others.filter((name) => !isTemporaryBundleName(name)).map((name) => join(folder, name)),
      { retentionDays, maxFiles: MAX_BUNDLES - 1, maxBytes: maxBytes - written.bytes },
      nowMs,
    );
  });
}

function removeLeftOver(path: string, nowMs: number): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found && nowMs - found.mtimeMs > LEFT_OVER_MS) eraseFile(path);
}
