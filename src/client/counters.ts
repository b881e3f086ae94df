import type { Outcome } from '../delivery/index.js';
import type { CountDrop, DropReason } from '../privacy/index.js';

/** What became of everything that was captured, by number only. */
export interface Counters {
  readonly countDrop: CountDrop;
  /** What became of events on their way out. */
  readonly countOutcome: (outcome: Outcome, count: number) => void;
  /** Events that wait on disk for another process. */
  readonly countLeft: (count: number) => void;
  /** Events that waited on disk will not be sent; `left` of them were counted as left before. */
  readonly countRemoved: (reason: DropReason, events: number, left: number) => void;
  readonly countRecorded: () => void;
  snapshot(): CounterSnapshot;
}

export interface CounterSnapshot {
  /** Events that passed the privacy door. */
  readonly recorded: number;
  /** Events that a server accepted. */
  readonly sent: number;
  /** Events that this process left on disk for a later one to send, and that still stood there when it last looked. */
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
      else countDrop(outcome, count);
    },
    countLeft: (count) => {
      left += count;
    },
    countRemoved: (reason, events, ofLeft) => {
      countDrop(reason, events);
      left -= ofLeft;
    },
    countRecorded: () => {
      recorded += 1;
    },
    snapshot: () => ({ recorded, sent, left, dropped: { ...dropped } }),
  };
}
