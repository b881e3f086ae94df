import type { RecordedEvent } from '../store/index.js';
import { toJson, toPrintable } from './plain-text.js';
import type { Writer } from './writer.js';

/** What became of it, if anything has. */
function describeEnd({ sent_at, dropped_reason }: RecordedEvent): string | undefined {
  if (sent_at !== null) return `sent ${sent_at}`;
  return dropped_reason === null ? undefined : `dropped: ${dropped_reason.replaceAll('_', ' ')}`;
}

/**
 * An event for people: its name, what became of it, and its properties as JSON, one to a line.
 *
 * @param unsent - what to say of one that was neither accepted by a server nor dropped
 */
export function formatEvent(
  event: RecordedEvent,
  { bold, dim }: Pick<Writer, 'bold' | 'dim'>,
  unsent: string,
): string {
  const { event_type, timestamp, properties } = event;
  const fate = describeEnd(event) ?? unsent;
  const body = toJson(properties, 2).replaceAll('\n', '\n  ');
  return `  ${bold(toPrintable(event_type))}\n  ${dim(toPrintable(`${timestamp}, ${fate}`))}\n  ${body}`;
}
