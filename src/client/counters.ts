import type { CountDrop, DropReason } from '../privacy/index.js';

/** What became of everything that was captured, by number only. */
export interface Counters {
  readonly countDrop: CountDrop;
  readonly countSent: (count: number) => void;
  readonly countRecorded: () => void;
  snapshot(): CounterSnapshot;
}

export interface CounterSnapshot {
  /** Events that passed the privacy door. */
  readonly recorded: number;
  /** Events that a server accepted. */
  readonly sent: number;
  /** Losses by reason; a reason that never occurred is absent. */
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
}

export function createCounters(): Counters {
  let recorded = 0;
  let sent = 0;
  const dropped: Partial<Record<DropReason, number>> = {};
  return {
    countDrop: (reason, count = 1) => {
      dropped[reason] = (dropped[reason] ?? 0) + count;
    },
    countSent: (count) => {
      sent += count;
    },
    countRecorded: () => {
      recorded += 1;
    },
    snapshot: () => ({ recorded, sent, dropped: { ...dropped } }),
  };
}
