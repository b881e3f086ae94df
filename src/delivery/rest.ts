import type { DeliveryState } from '../store/index.js';
import { backoffMs } from './backoff.js';

export interface RestEffects {
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** What this process or an earlier one kept. */
  readonly read: () => DeliveryState;
  readonly write: (state: DeliveryState) => void;
}

/** When nothing may be sent: as long as a server said, or as long as we wait of our own accord after failures. */
export interface Rest {
  /** How long nothing may be sent yet; 0 when it may. */
  readonly waitMs: number;
  /** Whether the server said so; nothing overrules that. */
  readonly isClosed: boolean;
  /** Somebody asked to send now: end the wait that is our own. */
  overrule(): void;
  /**
   * An attempt failed.
   *
   * @param afterMs - what the server asked for, when it said
   * @returns how long to wait now
   */
  fail(afterMs: number | undefined, isUnreachable?: boolean): number;
  /** A server took what it was sent. */
  succeed(): void;
}

/** A network that was closed so often, and for so long, is left alone for the day. */
const CLOSED_AFTER_FAILURES = 8;
const CLOSED_AFTER_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** @remarks What is kept is looked up at the first question, and written at every failure and at the first success after one. */
export function createRest({ now, random, read, write }: RestEffects): Rest {
  let kept: DeliveryState | undefined;
  const state = () => (kept ??= read());
  const keep = (next: Partial<DeliveryState>) => {
    // Counters stand beside it, and other processes count too.
    kept = { ...read(), ...next };
    write(kept);
  };
  const waitMs = () => Math.max(0, state().notBeforeMs - now());
  return {
    get waitMs() {
      return waitMs();
    },
    get isClosed() {
      return state().serverSaid && waitMs() > 0;
    },
    overrule() {
      if (!state().serverSaid) kept = { ...state(), notBeforeMs: 0 };
    },
    fail(afterMs, isUnreachable = false) {
      const next = nextState(state(), { nowMs: now(), random: random(), afterMs, isUnreachable });
      keep(next);
      return next.notBeforeMs - now();
    },
    succeed() {
      if (state().failures > 0) keep(RESTED);
    },
  };
}

const RESTED = { failures: 0, firstFailureAtMs: undefined, notBeforeMs: 0, serverSaid: false } as const;

interface Failure {
  readonly nowMs: number;
  readonly random: number;
  readonly afterMs: number | undefined;
  readonly isUnreachable: boolean;
}

/** The state after a failure. */
export function nextState(
  { failures: before, firstFailureAtMs }: Omit<DeliveryState, 'dropped'>,
  { nowMs, random, afterMs, isUnreachable }: Failure,
): Omit<DeliveryState, 'dropped'> {
  const failures = before + 1;
  // A clock that was set back since makes the first one later than now.
  const sinceMs = Math.min(firstFailureAtMs ?? nowMs, nowMs);
  const isShut = isUnreachable && failures >= CLOSED_AFTER_FAILURES && nowMs - sinceMs >= CLOSED_AFTER_MS;
  const ownMs = isShut ? DAY_MS * (0.75 + random / 4) : backoffMs(failures, random);
  return {
    failures,
    firstFailureAtMs: sinceMs,
    notBeforeMs: nowMs + (afterMs ?? ownMs),
    serverSaid: afterMs !== undefined,
  };
}
