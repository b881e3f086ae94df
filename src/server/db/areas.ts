/**
 * Tables that belong together. A database may hold any of them: each has its own steps, which say what its rows mean.
 *
 * - `product`: organisations, their answers and their runs, in the schema that the connection names (`public`). Some of the tables may
 *   be the product's own
 * - `collector`: what was sent, and who sends
 * - `vendor`: what was received
 */
export const AREAS = {
  product: { schema: undefined, noted: 'sotto_migrations' },
  collector: { schema: 'sotto_collector', noted: 'sotto_collector.migrations' },
  vendor: { schema: 'sotto_vendor', noted: 'sotto_vendor.migrations' },
} as const;

export type Area = keyof typeof AREAS;

export const ALL_AREAS = Object.keys(AREAS) as readonly Area[];
