import type { JsonObject } from '../../privacy/index.js';
import { listWaiting, readWaiting } from '../../store/index.js';

/** An event that waits, as it leaves. */
export interface WaitingEvent {
  readonly event: string;
  readonly distinct_id: string;
  readonly uuid: string;
  readonly timestamp: string;
  readonly properties: JsonObject;
}

/**
 * The events that wait to be sent, whoever will send them: this process, another that runs, or the next. Oldest first.
 *
 * @param max - how many of the last ones
 * @returns none where nothing is kept. Never throws
 */
export function readLastWaiting(directory: string | undefined, max: number): readonly WaitingEvent[] {
  if (directory === undefined) return [];
  const events: WaitingEvent[] = [];
  // Files of processes that run too: what they have not sent yet waits.
  const files = listWaiting(directory, () => false);
  for (const { fileName } of [...files].reverse()) {
    if (events.length >= max) break;
    const waiting = readWaiting(directory, fileName)?.events ?? [];
    events.unshift(
      ...waiting.map(({ event, distinctId, uuid, timestampMs, properties }) => ({
        event,
        distinct_id: distinctId,
        uuid,
        timestamp: new Date(timestampMs).toISOString(),
        properties,
      })),
    );
  }
  return events.slice(-max);
}
