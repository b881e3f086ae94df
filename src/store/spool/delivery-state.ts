import { join } from 'node:path';
import { readSmallFile, replaceFile } from '../../internal/index.js';
import { DROP_REASONS, type DropReason } from '../../privacy/index.js';
import { hasSpool } from './note-files.js';
import { SPOOL_FOLDER, STATE_FILE } from './note-name.js';

/** What the processes of a state directory know of their server. */
export interface DeliveryState {
  /** In a row. */
  readonly failures: number;
  /** When the first of these was, in milliseconds since 1970. */
  readonly firstFailureAtMs: number | undefined;
  /** Nothing may be sent before, in milliseconds since 1970; 0 when it may. */
  readonly notBeforeMs: number;
  /** Whether it was the server that said so. */
  readonly serverSaid: boolean;
  /** Losses that no process could tell of itself. */
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
}

/** Where it is kept. Both can be called without the object they come from. */
export interface DeliveryStateFile {
  /** What is kept now; nothing special when there is no file or it is broken. Never throws. */
  readonly read: () => DeliveryState;
  /** Put this in its place. Never throws: where nothing can be kept, nothing is. */
  readonly write: (state: DeliveryState) => void;
}

const NOTHING: DeliveryState = {
  failures: 0,
  firstFailureAtMs: undefined,
  notBeforeMs: 0,
  serverSaid: false,
  dropped: {},
};
const MAX_FILE_BYTES = 16_384;
/** No rest is longer than a day: one that is comes of a clock that jumped. */
const LONGEST_REST_MS = 25 * 3_600_000;

/**
 * The file `spool/state.json` of the state directory:
 * `{ "failures": 3, "first_failure_at": "2026-11-21T08:30:00.000Z", "not_before": …, "server_said": false, "dropped": {} }`.
 *
 * @param now - milliseconds since 1970
 * @remarks Is written only where there is a spool: what an opt-out erased does not come back by a request that was under way.
 */
export function createDeliveryState(directory: string, now: () => number = Date.now): DeliveryStateFile {
  const path = join(directory, SPOOL_FOLDER, STATE_FILE);
  return {
    read: () => {
      const file = readSmallFile(path, MAX_FILE_BYTES);
      return file.status === 'found' ? parseState(new TextDecoder().decode(file.bytes), now()) : NOTHING;
    },
    write: (state) => {
      try {
        if (hasSpool(directory)) replaceFile(path, formatState(state));
      } catch {
        // A full or read-only disk: the next process knows nothing of it.
      }
    },
  };
}

/** @throws {RangeError} for a time that is none */
export function formatState(state: DeliveryState): string {
  const { failures, firstFailureAtMs, notBeforeMs, serverSaid, dropped } = state;
  const written = {
    failures,
    first_failure_at: firstFailureAtMs === undefined ? null : toIso(firstFailureAtMs),
    not_before: notBeforeMs > 0 ? toIso(notBeforeMs) : null,
    server_said: serverSaid,
    dropped,
  };
  return `${JSON.stringify(written)}\n`;
}

/**
 * Read what {@link formatState} wrote, and anything else without harm.
 *
 * @param nowMs - since 1970; a rest that would last longer than 25 hours counts as none
 */
export function parseState(text: string, nowMs: number): DeliveryState {
  const { failures, first_failure_at, not_before, server_said, dropped } = parseObject(text);
  const notBeforeMs = parseTime(not_before);
  const rests = notBeforeMs !== undefined && notBeforeMs - nowMs <= LONGEST_REST_MS;
  return {
    failures: isCount(failures) ? failures : 0,
    firstFailureAtMs: parseTime(first_failure_at),
    notBeforeMs: rests ? notBeforeMs : 0,
    serverSaid: rests && server_said === true,
    dropped: parseDropped(dropped),
  };
}

type StateKey = 'failures' | 'first_failure_at' | 'not_before' | 'server_said' | 'dropped';

function parseObject(text: string): Readonly<Partial<Record<StateKey, unknown>>> {
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === 'object' && found !== null ? found : {};
  } catch {
    return {};
  }
}

function parseDropped(found: unknown): DeliveryState['dropped'] {
  if (typeof found !== 'object' || found === null) return {};
  const counts = new Map<string, unknown>(Object.entries(found));
  const known = DROP_REASONS.flatMap((reason) => {
    const count = counts.get(reason);
    return isCount(count) ? [[reason, count] as const] : [];
  });
  return Object.fromEntries(known);
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function parseTime(value: unknown): number | undefined {
  const timeMs = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(timeMs) ? undefined : timeMs;
}

const toIso = (timeMs: number): string => new Date(timeMs).toISOString();
