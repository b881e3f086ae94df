import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { compareLedgerFileNames, type LedgerFileName, parseLedgerFileName } from './file-name.js';

/** A file of the ledger, as far as its removal is concerned. */
export interface KeptFile {
  readonly name: string;
  readonly bytes: number;
  readonly modifiedMs: number;
}

export interface RetentionLimits {
  /** Whole days since a file was last written. */
  readonly retentionDays: number;
  /** Of all files together. */
  readonly maxBytes: number;
}

const DAY_MS = 86_400_000;
/** A look at a file takes some microseconds, and a short program begins one in every run. */
const MAX_FILES = 500;
/** Files looked at in one go: removing is no reason to hold up the program. What is left is for the next time. */
const MAX_LOOKS = 2 * MAX_FILES;

/**
 * Which files have to go: those not written for longer than the limit, and the oldest ones beyond the size or beyond
 * five hundred files.
 *
 * @returns names, oldest first
 */
export function decideRemovals(
  files: readonly KeptFile[],
  { retentionDays, maxBytes }: RetentionLimits,
  nowMs: number,
): readonly string[] {
  const newestFirst = files.toSorted((a, b) => b.modifiedMs - a.modifiedMs);
  const oldestMs = nowMs - retentionDays * DAY_MS;
  let total = 0;
  const isKept = ({ bytes, modifiedMs }: KeptFile, at: number) => {
    total += bytes;
    return at < MAX_FILES && total <= maxBytes && modifiedMs >= oldestMs;
  };
  const firstToGo = newestFirst.findIndex((file, at) => !isKept(file, at));
  if (firstToGo === -1) return [];
  return newestFirst
    .slice(firstToGo)
    .map(({ name }) => name)
    .toReversed();
}

/**
 * Remove the files of the ledger that have to go. Looks at a thousand files at most, and touches no other file.
 *
 * @param spared - names of the files being written; neither removed nor counted
 * @remarks Never throws: what cannot be removed now can be the next time.
 */
export function removeOldFiles(
  folder: string,
  limits: RetentionLimits,
  nowMs: number,
  spared: readonly string[],
): void {
  const files = oldestNames(folder, spared).flatMap((name) => look(folder, name));
  for (const name of decideRemovals(files, limits, nowMs)) remove(join(folder, name));
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Somebody else's.
  }
}

function oldestNames(folder: string, spared: readonly string[]): readonly string[] {
  return namesIn(folder)
    .map((name) => [name, parseLedgerFileName(name)] as const)
    .filter(
      (entry): entry is [string, LedgerFileName] => entry[1] !== undefined && !spared.includes(entry[0]),
    )
    .sort(([, a], [, b]) => compareLedgerFileNames(a, b))
    .slice(0, MAX_LOOKS)
    .map(([name]) => name);
}

/** None in a folder that was removed meanwhile, or may be written and not listed. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** None when another process has just removed it, or when it is a folder. */
function look(folder: string, name: string): readonly KeptFile[] {
  try {
    const found = lstatSync(join(folder, name));
    return found.isDirectory() ? [] : [{ name, bytes: found.size, modifiedMs: found.mtimeMs }];
  } catch {
    return [];
  }
}
