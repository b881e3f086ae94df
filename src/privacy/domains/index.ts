import { ConfigError, typeName } from '../../internal/index.js';
import { type Domain, isDomain } from './domain.js';
import { type BoundedSchema, domainOfSchema, isSchema } from './from-schema.js';

export { bool } from './bool.js';
export { listOf, optional } from './composites.js';
export { DATE_BUCKETS, type DateBucket, dateBucket } from './date-bucket.js';
export { type Domain, type DomainValue, narrowDomain } from './domain.js';
export { type DomainScope, toDomainScope } from './domain-scope.js';
export type { BoundedSchema } from './from-schema.js';
export { labelsOf } from './labels-of.js';
export { assertDecimals, integer, type NumberBounds, number } from './number.js';
export { assertLabels, type EnumDomain, oneOf } from './one-of.js';
export { pattern } from './pattern.js';

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
