import type { SanitizedEvent } from '../privacy/index.js';
import type { SendResult } from './send-result.js';

/** Where batches go. Takes nothing but what the privacy door made. */
export interface Sink {
  /** Make one request for a batch. Never rejects; prints nothing; takes bounded time. */
  send(batch: readonly SanitizedEvent[]): Promise<SendResult>;
  /** Give up the request under way, if any: its `send` resolves soon. */
  abort(): void;
}
