import { createHash } from 'node:crypto';
import { isJsonObject, isNestedWithin } from '../http/index.js';
import { MAX_PROPERTY_LEVELS, type QueuedContent, type StoredEvent, toOccurredAtMs } from '../wire/index.js';

/** Some events on their way through the stream. */
export interface EventMessage {
  /** The same for the same events: the stream drops a message that it was given before. */
  readonly id: string;
  readonly text: string;
}

/** Of the form of a message. */
const VERSION = 1;
const BEFORE = `{"version":${VERSION},"events":[`;
const AFTER = ']}';

const END_OF_YEAR_9999_MS = 253_402_300_800_000;

export interface MessageSizes {
  /** What a message should not exceed, in bytes: a writer stores whole messages. */
  readonly wantedBytes: number;
  /** What no message can exceed, in bytes. */
  readonly maxBytes: number;
}

/**
 * The messages that carry some events, in their order.
 *
 * @returns undefined where one event is too large for any message
 */
export function toMessages(
  events: readonly StoredEvent[],
  { wantedBytes, maxBytes }: MessageSizes,
): readonly EventMessage[] | undefined {
  const messages: EventMessage[] = [];
  let held: { event: StoredEvent; text: string }[] = [];
  let heldBytes = 0;
  const close = () => {
    if (held.length > 0) messages.push(toMessage(held));
    held = [];
    heldBytes = BEFORE.length + AFTER.length;
  };
  close();
  for (const event of events) {
    const text = JSON.stringify(event);
    const bytes = Buffer.byteLength(text) + 1;
    if (BEFORE.length + AFTER.length + bytes > maxBytes) return undefined;
    if (heldBytes + bytes > Math.min(wantedBytes, maxBytes)) close();
    held.push({ event, text });
    heldBytes += bytes;
  }
  close();
  return messages;
}

function toMessage(held: readonly { event: StoredEvent; text: string }[]): EventMessage {
  const id = createHash('sha256');
  for (const { event } of held) id.update(`${event.uuid} ${event.timestamp}\n`);
  const texts = held.map(({ text }) => text).join(',');
  return { id: id.digest('base64url'), text: `${BEFORE}${texts}${AFTER}` };
}

/** What stands in a message, which may be of another program. */
export function readMessage(text: string): QueuedContent {
  const message = parse(text);
  if (!isJsonObject(message)) return { status: 'unreadable' };
  const { version, events } = message;
  if (typeof version === 'number' && version > VERSION) return { status: 'newer' };
  if (version !== VERSION || !Array.isArray(events) || !events.every(isStored))
    return { status: 'unreadable' };
  return { status: 'read', events: events as unknown as StoredEvent[] };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether the database takes it: what it refuses would come back for ever. */
function isStored(value: unknown): boolean {
  if (!isJsonObject(value)) return false;
  const { uuid, event, distinct_id, timestamp, properties, receivedAtMs } = value;
  return (
    typeof uuid === 'string' &&
    UUID.test(uuid) &&
    typeof event === 'string' &&
    typeof distinct_id === 'string' &&
    typeof timestamp === 'string' &&
    Number.isFinite(toOccurredAtMs(timestamp)) &&
    isJsonObject(properties) &&
    isNestedWithin(properties, MAX_PROPERTY_LEVELS) &&
    typeof receivedAtMs === 'number' &&
    receivedAtMs >= 0 &&
    receivedAtMs < END_OF_YEAR_9999_MS
  );
}
