import type { TelemetryParts } from '../../client/index.js';
import { peekWaiting, readWaiting } from '../../store/index.js';

/** An event that waits, as it leaves. */
type WaitingEvent = ReturnType<TelemetryParts['waiting']>[number];

/**
 * The events that wait to be sent, whoever will send them: this process, another that runs, or the next. Oldest first.
 *
 * @param held - what waits in this process, of which a part may stand on disk too
 * @param max - how many of the last ones
 * @returns each once. Never throws, and removes nothing
 */
export function readLastWaiting(
  directory: string | undefined,
  held: readonly WaitingEvent[],
  max: number,
): readonly WaitingEvent[] {
  const events = new Map<string, WaitingEvent>();
  for (const event of [...readLeft(directory, max), ...held]) events.set(event.uuid, event);
  return [...events.values()].sort(byTime).slice(-max).map(toPlain);
}

/** Nothing but what the API describes, and in its order. */
function toPlain({ event, distinct_id, uuid, timestamp, properties }: WaitingEvent): WaitingEvent {
  return { event, distinct_id, uuid, timestamp, properties };
}

/** Times are all of one length, in UTC. */
function byTime({ timestamp: a }: WaitingEvent, { timestamp: b }: WaitingEvent): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** At least the last `max` of what files say. */
function readLeft(directory: string | undefined, max: number): readonly WaitingEvent[] {
  if (directory === undefined) return [];
  const events: WaitingEvent[] = [];
  for (const { fileName } of [...peekWaiting(directory)].reverse()) {
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
  return events;
}
