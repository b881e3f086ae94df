import type { SendResult } from './results.js';
import { askedMs, backoffMs } from './schedule/backoff.js';

/** When what was not accepted is tried again. Kept in memory: a process that starts anew tries at once. */
export interface Retries {
  /** Whether the vendor has asked for silence, which goes for every report. */
  isQuiet(): boolean;
  /** Whether this report is to wait. */
  isWaiting(key: string): boolean;
  /** Take in what became of an attempt. @returns how long this report waits now; undefined: not at all */
  note(key: string, result: SendResult): number | undefined;
  /** Take in what became of one that is not tried again. */
  noteQuiet(result: SendResult): void;
}

interface Waiting {
  readonly failures: number;
  readonly untilMs: number;
}

/**
 * @param monotonic - milliseconds of a clock that nobody sets
 * @param random - 0 to below 1
 */
export function createRetries({
  monotonic,
  random,
}: {
  monotonic: () => number;
  random: () => number;
}): Retries {
  const waiting = new Map<string, Waiting>();
  let quietUntilMs = Number.NEGATIVE_INFINITY;

  const retries: Retries = {
    isQuiet: () => monotonic() < quietUntilMs,
    isWaiting: (key) => monotonic() < (waiting.get(key)?.untilMs ?? Number.NEGATIVE_INFINITY),
    note(key, result) {
      retries.noteQuiet(result);
      if (!isToBeTriedAgain(result)) {
        waiting.delete(key);
        return undefined;
      }
      const failures = (waiting.get(key)?.failures ?? 0) + 1;
      const waitMs = backoffMs(failures, random(), retryAfterOf(result));
      waiting.set(key, { failures, untilMs: monotonic() + waitMs });
      return waitMs;
    },
    noteQuiet(result) {
      const waitMs = askedMs(retryAfterOf(result));
      if (waitMs > 0) quietUntilMs = monotonic() + waitMs;
    },
  };
  return retries;
}

/** Also where the licence was refused: the vendor is asked about it first, and may say yes at once. */
function isToBeTriedAgain({ status }: SendResult): boolean {
  return status === 'failed' || status === 'unauthorised' || status === 'withheld';
}

function retryAfterOf(result: SendResult): number | undefined {
  return result.status === 'failed' ? result.retryAfterMs : undefined;
}
