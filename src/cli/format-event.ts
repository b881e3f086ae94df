import type { RecordedEvent } from '../store/index.js';
import { toJson, toPrintable } from './plain-text.js';
import type { Writer } from './writer.js';

/**
 * An event for people: its name, what became of it, and its properties as JSON, one to a line.
 *
 * @param unsent - what to say of one that no server has accepted
 */
export function formatEvent(
  event: RecordedEvent,
  { bold, dim }: Pick<Writer, 'bold' | 'dim'>,
  unsent = 'not sent',
): string {
  const { event_type, timestamp, sent_at, properties } = event;
  const fate = sent_at === null ? unsent : `sent ${sent_at}`;
  const body = toJson(properties, 2).replaceAll('\n', '\n  ');
  return `  ${bold(toPrintable(event_type))}\n  ${dim(toPrintable(`${timestamp}, ${fate}`))}\n  ${body}`;
}
