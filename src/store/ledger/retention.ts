import type { DropReason } from '../../privacy/index.js';
import { parseLedgerFileName } from './file-name.js';

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

/**
 * Why events that waited will not be sent: there is no room for their file, it is too old, they could not be kept, or nobody
 * agrees any more.
 */
export type RemovalReason = Extract<DropReason, 'store_full' | 'expired' | 'store_unusable' | 'consent_off'>;

export interface Removal {
  readonly name: string;
  readonly bytes: number;
  readonly reason: Extract<RemovalReason, 'store_full' | 'expired'>;
}

/**
 * Told how many events that waited to be sent went with files. Must not throw.
 *
 * @param left - how many of them this process had left to others
 */
export type OnRemoved = (reason: RemovalReason, events: number, left: number) => void;

const DAY_MS = 86_400_000;
/** A look at a file takes some microseconds, and a short program begins one in every run. */
export const MAX_FILES = 500;

/**
 * Which files have to go: those not written for longer than the limit, the oldest ones beyond five hundred, and then, until
 * the rest fits, the oldest one of the session that takes the most room. A program that says much pushes out what it said
 * itself, and not what the others did.
 */
export function decideRemovals(
  files: readonly KeptFile[],
  { retentionDays, maxBytes }: RetentionLimits,
  nowMs: number,
): readonly Removal[] {
  const oldestMs = nowMs - retentionDays * DAY_MS;
  const oldestFirst = files.toSorted((a, b) => a.modifiedMs - b.modifiedMs);
  const expired = oldestFirst.filter(({ modifiedMs }) => modifiedMs < oldestMs);
  const recent = oldestFirst.slice(expired.length);
  const tooMany = recent.slice(0, Math.max(0, recent.length - MAX_FILES));
  const tooLarge = beyondSize(recent.slice(tooMany.length), maxBytes);
  return [
    ...expired.map(({ name, bytes }) => ({ name, bytes, reason: 'expired' as const })),
    ...[...tooMany, ...tooLarge].map(({ name, bytes }) => ({ name, bytes, reason: 'store_full' as const })),
  ];
}

interface SessionFiles {
  bytes: number;
  readonly oldestFirst: KeptFile[];
}

function beyondSize(oldestFirst: readonly KeptFile[], maxBytes: number): readonly KeptFile[] {
  const sessions = bySession(oldestFirst);
  let total = oldestFirst.reduce((sum, { bytes }) => sum + bytes, 0);
  const removed: KeptFile[] = [];
  while (total > maxBytes) {
    // Of equal ones the first, which has the oldest file.
    const largest = sessions.reduce((a, b) => (b.bytes > a.bytes ? b : a));
    const file = largest.oldestFirst.shift();
    if (!file) break;
    largest.bytes -= file.bytes;
    total -= file.bytes;
    removed.push(file);
  }
  return removed;
}

function bySession(oldestFirst: readonly KeptFile[]): readonly SessionFiles[] {
  const sessions = new Map<string, SessionFiles>();
  for (const file of oldestFirst) {
    const key = sessionOf(file.name);
    const session = sessions.get(key) ?? { bytes: 0, oldestFirst: [] };
    session.bytes += file.bytes;
    session.oldestFirst.push(file);
    sessions.set(key, session);
  }
  return [...sessions.values()];
}

function sessionOf(fileName: string): string {
  const name = parseLedgerFileName(fileName);
  return name ? `${name.stamp}_${name.session}` : fileName;
}
