import type { JsonValue } from '../json.js';

declare const domainValue: unique symbol;

/**
 * The bounded set of values a plain field may carry. Bounded is the point: a value out of a domain can say what the
 * maker listed and nothing else, so free text has no domain.
 */
export interface Domain<out Value = unknown> {
  readonly kind: 'boolean' | 'number' | 'enum' | 'pattern' | 'date_bucket' | 'list' | 'any_of';
  /** The rule in words, for error messages and the catalogue: `a number from 0 to 100`. */
  readonly description: string;
  /** The JSON that leaves for a value; undefined when the value lies outside. Never coerces. */
  encode(value: unknown): JsonValue | undefined;
  /** Every value this domain can emit, `other` can emit too. False when in doubt. */
  isWithin(other: Domain): boolean;
  /** A value that may leave, to show people what does. The same at every call. */
  example(): JsonValue;
  /** Type only: what a field of this domain holds. */
  readonly [domainValue]?: Value;
}

/** What a field of a domain holds. */
export type DomainValue<D> = D extends Domain<infer Value> ? Value : never;

export function isDomain(value: unknown): value is Domain {
  return typeof value === 'object' && value !== null && 'encode' in value && 'isWithin' in value;
}

/**
 * `child` for those values that `parent` takes too: what a subclass's schema cannot show to be narrower, it is made.
 *
 * @param child - lies within `parent`, as its `isWithin` says
 */
export function narrowDomain(child: Domain, parent: Domain): Domain {
  // The parent was asked about every label it can emit, so that a string the parent refuses may leave as its bucket.
  if (child.kind === 'enum') return child;
  return {
    ...child,
    encode: (value) => (parent.encode(value) === undefined ? undefined : child.encode(value)),
  };
}
