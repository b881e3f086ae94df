import { type Message, toMessage } from '../../delivery/index.js';
import { peekWaiting, readWaiting } from '../../store/index.js';

/**
 * The events that wait to be sent, whoever will send them: this process, another that runs, or the next. Oldest first.
 *
 * @param held - what waits in this process, of which a part may stand on disk too
 * @param max - how many of the last ones
 * @returns each once. Never throws, and removes nothing
 */
export function readLastWaiting(
  directory: string | undefined,
  held: readonly Message[],
  max: number,
): readonly Message[] {
  const events = new Map<string, Message>();
  for (const event of [...readLeft(directory, max), ...held]) events.set(event.uuid, event);
  return [...events.values()].sort(byTime).slice(-max).map(toPlain);
}

/** Nothing but what the API describes, and in its order. */
function toPlain({ event, distinct_id, uuid, timestamp, properties }: Message): Message {
  return { event, distinct_id, uuid, timestamp, properties };
}

/** Times are all of one length, in UTC. */
function byTime({ timestamp: a }: Message, { timestamp: b }: Message): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** At least the last `max` of what files say. */
function readLeft(directory: string | undefined, max: number): readonly Message[] {
  if (directory === undefined) return [];
  const events: Message[] = [];
  for (const { fileName } of [...peekWaiting(directory)].reverse()) {
    if (events.length >= max) break;
    const waiting = readWaiting(directory, fileName)?.events ?? [];
    events.unshift(...waiting.map((event) => toMessage(event)));
  }
  return events;
}
