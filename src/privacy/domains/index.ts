import { ConfigError, typeName } from '../../internal/index.js';
import type { Domain } from './domain.js';
import { type BoundedSchema, domainOfSchema, isSchema } from './from-schema.js';

export { listOf, optional } from './composites.js';
export { type DateBucket, dateBucket } from './date-bucket.js';
export type { Domain, DomainValue } from './domain.js';
export type { BoundedSchema } from './from-schema.js';
export { pattern } from './pattern.js';
export { assertLabels, bool, type EnumDomain, integer, type NumberBounds, number, oneOf } from './scalars.js';

/**
 * What a plain field was declared with → its domain.
 *
 * @throws {ConfigError} `PLAIN_UNBOUNDED` when it is neither a domain nor a bounded schema
 */
export function toDomain<Value>(declared: Domain<Value> | BoundedSchema<Value>): Domain<Value> {
  if (isSchema(declared)) return domainOfSchema(declared as BoundedSchema<Value>);
  if (isDomain(declared)) return declared as Domain<Value>;
  throw new ConfigError(
    'PLAIN_UNBOUNDED',
    `A plain field needs a bounded type such as oneOf(…), number({ min, max }), bool() or a zod schema; received ${typeName(declared)}.`,
  );
}

function isDomain(value: unknown): value is Domain {
  return typeof value === 'object' && value !== null && 'encode' in value && 'isWithin' in value;
}
