import { closeSync, lstatSync, openSync, rmSync, utimesSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { readSmallFile, replaceFile } from '../../internal/index.js';
import { hasSpool } from './note-files.js';
import { LEASE_CLAIM_FILE, LEASE_FILE, SPOOL_FOLDER } from './note-name.js';

/** The right to send what waits in a state directory: one process has it at a time. */
export interface Lease {
  /** Keep it for {@link LEASE_MS} more. @returns false: somebody else has it now, or the spool was erased. Never throws */
  renew(): boolean;
  /** Give it up; nothing happens when it is not ours any more. Never throws. */
  release(): void;
}

export interface LeaseEffects {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Another text at each call, of at most 64 bytes. */
  readonly randomToken: () => string;
}

/** One that was not renewed for so long is anybody's. */
export const LEASE_MS = 15_000;
const MAX_TOKEN_BYTES = 64;

/**
 * Take the lease for a process that is about to be started.
 *
 * @returns what that process takes it over with, within {@link LEASE_MS}; undefined when somebody has it, and where there is no
 *   spool. Never throws
 */
export function reserveLease(directory: string, effects: LeaseEffects): string | undefined {
  const token = effects.randomToken();
  return attempt(() => acquire(directory, token, effects.now())) ? token : undefined;
}

/**
 * Take the lease of a state directory.
 *
 * @param token - of a reservation: then only that one is taken over
 * @returns undefined when somebody else has it, and where there is no spool. Never throws
 * @remarks The file `spool/lease`, which says whose it is; its time of change says since when. Of many processes one gets it.
 *   One that slept through its time learns at `renew()` that it lost it; for a moment two may hold one then.
 */
export function takeLease(directory: string, effects: LeaseEffects, token?: string): Lease | undefined {
  const own = token ?? effects.randomToken();
  const path = join(directory, SPOOL_FOLDER, LEASE_FILE);
  const renew = () => attempt(() => holds(path, own) && touch(path, effects.now()));
  const isTaken = token === undefined ? attempt(() => acquire(directory, own, effects.now())) : renew();
  if (!isTaken) return undefined;
  return { renew, release: () => void attempt(() => holds(path, own) && remove(path)) };
}

/** @throws the file system's error */
function acquire(directory: string, token: string, nowMs: number): boolean {
  if (!hasSpool(directory)) return false;
  const path = join(directory, SPOOL_FOLDER, LEASE_FILE);
  if (isCreated(path, token)) return touch(path, nowMs);
  return isStale(path, nowMs) && takeOver(directory, path, token, nowMs);
}

/**
 * Put ours in place of one whose holder is gone. One process at a time does, and looks again: whoever looked before may find
 * the lease of the one that was faster.
 */
function takeOver(directory: string, path: string, token: string, nowMs: number): boolean {
  const claim = join(directory, SPOOL_FOLDER, LEASE_CLAIM_FILE);
  if (!isCreated(claim, token)) {
    // Left by a process that was killed at this point: gone for the next one.
    if (isStale(claim, nowMs)) remove(claim);
    return false;
  }
  try {
    touch(claim, nowMs);
    if (!isStale(path, nowMs)) return false;
    replaceFile(path, token);
    return touch(path, nowMs);
  } finally {
    remove(claim);
  }
}

/** @returns false when there is one already */
function isCreated(path: string, content: string): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    writeSync(descriptor, content);
  } finally {
    closeSync(descriptor);
  }
  return true;
}

/** One of the future is of a clock that was set back. */
function isStale(path: string, nowMs: number): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found !== undefined && Math.abs(nowMs - found.mtimeMs) > LEASE_MS;
}

function holds(path: string, token: string): boolean {
  const file = readSmallFile(path, MAX_TOKEN_BYTES);
  return file.status === 'found' && new TextDecoder().decode(file.bytes) === token;
}

function touch(path: string, nowMs: number): true {
  utimesSync(path, nowMs / 1000, nowMs / 1000);
  return true;
}

function remove(path: string): boolean {
  rmSync(path, { force: true });
  return true;
}

function attempt(work: () => boolean): boolean {
  try {
    return work();
  } catch {
    return false;
  }
}
