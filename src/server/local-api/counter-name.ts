import { z } from '@hono/zod-openapi';
import { toCounterName } from '../../privacy/index.js';

/** A name that something is counted under. Anything else is refused, for it may tell of somebody. */
export const CounterNameSchema = z
  .string()
  .refine(
    (text) => toCounterName(text) !== undefined,
    'must be a label of at most 64 printable ASCII characters without white space, and nothing that may identify somebody',
  )
  .openapi('Name', { type: 'string', example: 'toolkit.launch' });
