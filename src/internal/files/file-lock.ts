import { closeSync, lstatSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { pause } from '../pause.js';

const PAUSE_MS = 5;
/** Together 0.2 s. A decision is written in less than a millisecond: whoever has not in so long was killed. */
const MAX_LOOKS_AT_ONE = 40;
/** Together 2 s. There is always one that waited longest. */
const MAX_LOOKS = 400;
/** Of somebody in a hurry: 35 ms. */
const FEW_LOOKS = 8;
/** A lock this old was left behind, whatever two clocks may differ by. */
const ABANDONED_MS = 60_000;

/**
 * Do something while no other process does it for the same file, by means of `<path>.lock`. Makes the directory (0700).
 *
 * Reading a decision and writing it back changed are two steps: a no that another process wrote in between must not be
 * undone by them.
 *
 * @throws what `work` throws, and the file system's error where the directory cannot be made
 * @remarks Synchronous. Usually there is no wait; behind a lock that a killed process left, 0.2 s, once; and where others
 *   write without end, 2 s at most. Then, and where no lock can be had at all, it goes ahead without one, for no decision
 *   may be lost, and the last one wins.
 */
export function withFileLock<T>(path: string, work: () => T): T {
  const lock = lockBeside(path);
  return acquire(lock, MAX_LOOKS) ? holding(lock, work) : work();
}

/** As {@link withFileLock}, but when there is no lock to be had within 40 ms nothing is done, and undefined comes back. */
export function tryWithFileLock<T>(path: string, work: () => T): T | undefined {
  const lock = lockBeside(path);
  return acquire(lock, FEW_LOOKS) ? holding(lock, work) : undefined;
}

function lockBeside(path: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  return `${path}.lock`;
}

function holding<T>(lock: string, work: () => T): T {
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function acquire(lock: string, maxLooks: number): boolean {
  try {
    return lookForLock(lock, maxLooks);
  } catch {
    // A folder in its place, a full disk, a directory that may not be written to.
    return false;
  }
}

function lookForLock(lock: string, maxLooks: number): boolean {
  let holder: string | undefined;
  let looksAtOne = 0;
  for (let look = 1; ; look += 1) {
    if (create(lock)) return true;
    if (look === maxLooks) return false;
    const stats = lstatSync(lock, { bigint: true, throwIfNoEntry: false });
    const seen = stats && `${stats.ino} ${stats.mtimeNs}`;
    looksAtOne = seen !== undefined && seen === holder ? looksAtOne + 1 : 0;
    holder = seen;
    const isOld = stats !== undefined && Date.now() - Number(stats.mtimeMs) > ABANDONED_MS;
    if (isOld || looksAtOne >= MAX_LOOKS_AT_ONE) rmSync(lock, { force: true });
    else pause(PAUSE_MS);
  }
}

function create(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx', 0o600));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}
