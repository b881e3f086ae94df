import type { DropReason, SanitizedEvent } from '../privacy/index.js';
import type { SendResult } from './send-result.js';

/** Where batches go. Takes nothing but what the privacy door made. */
export interface Sink {
  /**
   * Make one request for a batch, at most. Never rejects; prints nothing; takes bounded time.
   *
   * @param upcoming - what will come next, as far as is known: it may be made ready while the request is on its way
   */
  send(
    batch: readonly SanitizedEvent[],
    upcoming?: () => readonly SanitizedEvent[],
  ): Promise<SendResult | MixedBatch>;
  /** The end: the request under way is given up, so that its `send` resolves soon, and no other is made. */
  abort(): void;
}

/**
 * No request was made, for these events take several: `parts` are what goes in one each, more than one of them, every event in
 * one of them, in order.
 */
export interface MixedBatch {
  readonly status: 'mixed';
  readonly parts: readonly (readonly SanitizedEvent[])[];
}

/** What becomes of an event in the end: a server accepted it, or it was dropped for a reason. */
export type Outcome = 'sent' | DropReason;

/**
 * Told what became of events, those of a whole request where they were sent.
 *
 * @param receipt - what the server signed of exactly these events in this order; undefined when it gave none
 */
export type Settle = (events: readonly SanitizedEvent[], outcome: Outcome, receipt?: string) => void;
