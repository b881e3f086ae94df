/**
 * How a field is reduced before it may leave the machine. Names follow the guide this package grew from; every
 * value but `PLAIN` is a narrowing.
 *
 * - `FORBIDDEN` the field is absent, at every depth
 * - `BOOLEAN` whether there is something in it
 * - `COUNT` how many members it has
 * - `TEXT_COUNT` how many Unicode code points a text has
 * - `AGGREGATE` one number computed from its numbers
 * - `DISTRIBUTION` how often each label of a closed list occurs
 * - `HASH` a keyed hash: equal values can be recognised within one installation, never across installations
 * - `PLAIN` the value itself, from a bounded domain
 */
export const AnonymityConversion = {
  FORBIDDEN: 'forbidden',
  BOOLEAN: 'boolean',
  COUNT: 'count',
  TEXT_COUNT: 'text_count',
  AGGREGATE: 'aggregate',
  DISTRIBUTION: 'distribution',
  HASH: 'hash',
  PLAIN: 'plain',
} as const;

export type AnonymityConversion = (typeof AnonymityConversion)[keyof typeof AnonymityConversion];
