import { z } from '@hono/zod-openapi';

/** A number in a query: digits alone, from 1 to `max` (at most 999). */
export function wholeNumberUpTo(max: number, usual: number) {
  return z
    .string()
    .refine(
      (text) => /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= max,
      `must be a whole number from 1 to ${max}`,
    )
    .optional()
    .openapi({ type: 'integer', minimum: 1, maximum: max, default: usual });
}
