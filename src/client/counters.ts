import type { Outcome } from '../delivery/index.js';
import type { CountDrop, DropReason } from '../privacy/index.js';

/** What became of everything that was captured, by number only. */
export interface Counters {
  readonly countDrop: CountDrop;
  /** What became of events on their way out; `left`: they wait on disk for another process. */
  readonly countOutcome: (outcome: Outcome | 'left', count: number) => void;
  readonly countRecorded: () => void;
  snapshot(): CounterSnapshot;
}

export interface CounterSnapshot {
  /** Events that passed the privacy door. */
  readonly recorded: number;
  /** Events that a server accepted. */
  readonly sent: number;
  /** Events that this process left on disk for a later one to send. None of them is lost yet. */
  readonly left: number;
  /** Losses by reason; a reason that never occurred is absent. */
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
}

export function createCounters(): Counters {
  let recorded = 0;
  let sent = 0;
  let left = 0;
  const dropped: Partial<Record<DropReason, number>> = {};
  const countDrop: CountDrop = (reason, count = 1) => {
    dropped[reason] = (dropped[reason] ?? 0) + count;
  };
  return {
    countDrop,
    countOutcome: (outcome, count) => {
      if (outcome === 'sent') sent += count;
      else if (outcome === 'left') left += count;
      else countDrop(outcome, count);
    },
    countRecorded: () => {
      recorded += 1;
    },
    snapshot: () => ({ recorded, sent, left, dropped: { ...dropped } }),
  };
}
