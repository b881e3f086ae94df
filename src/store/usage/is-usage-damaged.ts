import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { BoundedCache, quietly, toFileState } from '../../internal/index.js';
import { hasOwnFolder } from '../own-folder.js';
import { isKeptAside, TOTAL_FILE, USAGE_FOLDER } from './file-name.js';
import { isFinished } from './is-finished.js';
import { namesIn, readLog, readTotal, toLogFiles } from './usage-files.js';

const CACHED_FILES = 256;

/** What was seen of files that have not changed since: who asks, asks often. */
const seen = new BoundedCache<string, boolean>(CACHED_FILES);

/**
 * Was something that was counted damaged, and is it kept aside or will be? As `readUsage()` tells it, but for the files of processes
 * that are still running, which change all the time. Makes nothing, never throws.
 */
export function isUsageDamaged(directory: string | undefined): boolean {
  if (directory === undefined) return false;
  const folder = join(directory, USAGE_FOLDER);
  return quietly(() => hasOwnFolder(folder, false) && isAnyDamaged(folder)) ?? true;
}

/** @throws the file system's error */
function isAnyDamaged(folder: string): boolean {
  const names = namesIn(folder);
  if (names.some(isKeptAside)) return true;
  if (isSeenDamaged(join(folder, TOTAL_FILE), () => readTotal(folder)?.isDamaged ?? true)) return true;
  return toLogFiles(folder, names)
    .filter((log) => isFinished(log, undefined))
    .some(({ path }) => isSeenDamaged(path, () => isLogDamaged(path)));
}

function isLogDamaged(path: string): boolean {
  const content = readLog(path);
  return content.status === 'read' ? content.log.isDamaged : content.status === 'damaged';
}

/** Reads a file once for as long as it stays the same. */
function isSeenDamaged(path: string, read: () => boolean): boolean {
  const found = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  if (!found) return false;
  const state = `${path} ${toFileState(found)}`;
  const known = seen.get(state);
  if (known !== undefined) return known;
  const isDamaged = read();
  seen.set(state, isDamaged);
  return isDamaged;
}
