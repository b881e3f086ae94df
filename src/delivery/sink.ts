import type { DropReason, SanitizedEvent } from '../privacy/index.js';
import type { SendResult } from './send-result.js';

/** Where batches go. Takes nothing but what the privacy door made. */
export interface Sink {
  /** Make one request for a batch. Never rejects; prints nothing; takes bounded time. */
  send(batch: readonly SanitizedEvent[]): Promise<SendResult>;
  /** The end: the request under way is given up, so that its `send` resolves soon, and no other is made. */
  abort(): void;
}

/** What becomes of an event in the end: a server accepted it, or it was dropped for a reason. */
export type Outcome = 'sent' | DropReason;
