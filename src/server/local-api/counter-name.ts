import { z } from '@hono/zod-openapi';
import { isEventName, toCounterName } from '../../privacy/index.js';

/** A name that something is counted under. Anything else is refused, for it may tell of somebody. */
export const CounterNameSchema = z
  .string()
  .refine((text) => toCounterName(text) !== undefined, {
    error:
      'must be a label of at most 64 printable ASCII characters without white space, and nothing that may identify somebody',
    abort: true,
  })
  .openapi('Name', { type: 'string', example: 'toolkit.launch' });

/** The name of an event, which leaves with it. */
export const CountedEventSchema = CounterNameSchema.refine(
  isCountedEvent,
  'must begin with a letter, and go on with letters, digits, "_", ".", ":" or "-"',
);

function isCountedEvent(text: string): boolean {
  return isEventName(toCounterName(text));
}
