import { join } from 'node:path';
import { quietly } from '../../internal/index.js';
import { hasOwnFolder } from '../own-folder.js';
import { isKeptAside, USAGE_FOLDER } from './file-name.js';
import { identifyTotal, namesIn, readTotal } from './usage-files.js';

/** What was seen of the last total that was looked at: it changes seldom, and may be large. */
let seen: { readonly total: string; readonly isDamaged: boolean } | undefined;

/**
 * Was something that was counted damaged, and is it kept aside or will be? As `readUsage()` tells it, without reading the records of
 * processes that are still running. Makes nothing, never throws.
 */
export function isUsageDamaged(directory: string | undefined): boolean {
  if (directory === undefined) return false;
  const folder = join(directory, USAGE_FOLDER);
  const look = () =>
    hasOwnFolder(folder, false) && (namesIn(folder).some(isKeptAside) || isTotalDamaged(folder));
  return quietly(look) ?? true;
}

/** @throws the file system's error */
function isTotalDamaged(folder: string): boolean {
  const total = `${folder} ${identifyTotal(folder)}`;
  if (seen?.total !== total) seen = { total, isDamaged: readTotal(folder)?.isDamaged ?? true };
  return seen.isDamaged;
}
