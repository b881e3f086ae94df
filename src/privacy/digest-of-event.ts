import { canonicalDigest } from '../internal/index.js';
import type { StoredEvent } from './restore-event.js';

/**
 * What an event is told by: SHA-256, as hexadecimal digits, of the canonical text (RFC 8785) of its five members `uuid`, `event`,
 * `distinct_id`, `timestamp` and `properties`, as they leave. Whatever else stands beside them does not count, nor does their order.
 *
 * @param event - JSON data
 * @remarks Preview, ledger, request and server come to the same one, or they do not have the same event.
 */
export function digestOfEvent({ uuid, event, distinct_id, timestamp, properties }: StoredEvent): string {
  return canonicalDigest({ uuid, event, distinct_id, timestamp, properties });
}

/** What an event says, whenever it happened and to whom: by this a preview, which is no event yet, is found again. */
export function digestOfContent({ event, properties }: Pick<StoredEvent, 'event' | 'properties'>): string {
  return canonicalDigest({ event, properties });
}
