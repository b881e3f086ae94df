import { lstatSync } from 'node:fs';
import { eraseFile } from '../internal/index.js';

/** A file that is kept, as far as its removal is concerned. */
export interface KeptFile {
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
}

export interface FileLimits {
  readonly maxFiles: number;
  /** Of all files together, and so of each. */
  readonly maxBytes: number;
  /** Whole days since a file was written. */
  readonly retentionDays: number;
}

const DAY_MS = 86_400_000;
/** Files looked at in one go; the others are for the next time. */
const MAX_LOOKS = 1_000;

/** Which files have to go: those that are too old, and the oldest ones until the rest is few and small enough. */
export function decideSurplus(
  files: readonly KeptFile[],
  { maxFiles, maxBytes, retentionDays }: FileLimits,
  nowMs: number,
): readonly string[] {
  const oldestMs = nowMs - retentionDays * DAY_MS;
  const newestFirst = files.toSorted((a, b) => b.modifiedMs - a.modifiedMs);
  let bytes = 0;
  const isKept = (file: KeptFile, index: number) => {
    bytes += file.bytes;
    return index < maxFiles && bytes <= maxBytes && file.modifiedMs >= oldestMs;
  };
  const firstToGo = newestFirst.findIndex((file, index) => !isKept(file, index));
  return firstToGo < 0 ? [] : newestFirst.slice(firstToGo).map(({ path }) => path);
}

/**
 * Remove of these files what {@link decideSurplus} says; of a link the link.
 *
 * @param paths - of which the first thousand are looked at, so oldest first
 * @throws the file system's error, not for a file that is gone
 */
export function removeSurplus(paths: readonly string[], limits: FileLimits, nowMs: number): void {
  const files = paths.slice(0, MAX_LOOKS).flatMap(look);
  for (const path of decideSurplus(files, limits, nowMs)) eraseFile(path);
}

/** None when another process has just removed it. */
function look(path: string): readonly KeptFile[] {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found ? [{ path, bytes: found.size, modifiedMs: found.mtimeMs }] : [];
}
