import { type DeliveryState, type HostState, NO_TROUBLE, toRestMs } from '../store/index.js';
import { backoffMs } from './backoff.js';

/** `read` gives what this process or another one kept. */
export interface RestEffects extends DeliveryState {
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** When nothing may be sent to a server: as long as it said, or as long as we wait of our own accord after failures. */
export interface Rest {
  /** How long nothing may be sent yet; 0 when it may. Before it says 0 it looks at the disk. */
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

/**
 * @remarks Others may send to the same server: what they have kept meanwhile counts when it is longer. Written at every failure
 *   and at the first success after one.
 */
export function createRest({ now, random, read, write }: RestEffects): Rest {
  let known = NO_TROUBLE;
  /** A rest up to here was overruled. */
  let overruledMs = 0;
  const restMs = (state: HostState) =>
    state.serverSaid || state.notBeforeMs > overruledMs ? toRestMs(state, now()) : 0;
  /** The disk may be of no use: what is known here stays known. */
  const look = () => {
    const found = read();
    if (isNewer(found, known, now())) known = found;
  };
  const waitMs = () => {
    if (restMs(known) === 0) look();
    return restMs(known);
  };
  const keep = (next: HostState) => {
    overruledMs = 0;
    known = next;
    write(next);
  };
  return {
    get waitMs() {
      return waitMs();
    },
    get isClosed() {
      return waitMs() > 0 && known.serverSaid;
    },
    overrule() {
      look();
      overruledMs = known.notBeforeMs;
    },
    fail(afterMs, isUnreachable = false) {
      look();
      keep(nextState(known, { nowMs: now(), random: random(), afterMs, isUnreachable }));
      return restMs(known);
    },
    succeed() {
      if (known.failures > 0) keep(NO_TROUBLE);
    },
  };
}

/** Every failure puts the end of the rest further off, unless a clock that jumped has put it there. */
function isNewer(found: HostState, known: HostState, nowMs: number): boolean {
  if (toRestMs(known, nowMs) > 0) return toRestMs(found, nowMs) > toRestMs(known, nowMs);
  return found.failures > known.failures || toRestMs(found, nowMs) > 0;
}

interface Failure {
  readonly nowMs: number;
  readonly random: number;
  readonly afterMs: number | undefined;
  readonly isUnreachable: boolean;
}

/** The state after a failure. */
export function nextState(before: HostState, { nowMs, random, afterMs, isUnreachable }: Failure): HostState {
  const { firstFailureAtMs } = before;
  const failures = before.failures + 1;
  // A clock that was set back since makes the first one later than now.
  const sinceMs = Math.min(firstFailureAtMs ?? nowMs, nowMs);
  const isShut = isUnreachable && failures >= CLOSED_AFTER_FAILURES && nowMs - sinceMs >= CLOSED_AFTER_MS;
  const ownMs = isShut ? DAY_MS * (0.75 + random / 4) : backoffMs(failures, random);
  // Another request may have been told more while this one was under way.
  const saidMs = Math.max(before.serverSaid ? toRestMs(before, nowMs) : 0, afterMs ?? 0);
  const serverSaid = afterMs !== undefined || saidMs > 0;
  return {
    failures,
    firstFailureAtMs: sinceMs,
    notBeforeMs: nowMs + (serverSaid ? saidMs : ownMs),
    serverSaid,
  };
}
