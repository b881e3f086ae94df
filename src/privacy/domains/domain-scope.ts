import type { ListDomain, UnionDomain } from './composites.js';
import type { DateBucket, DateBucketDomain } from './date-bucket.js';
import type { Domain } from './domain.js';
import type { NumberDomain } from './number.js';
import type { EnumDomain } from './one-of.js';
import type { PatternDomain } from './pattern.js';

/** The values that a plain property may have, as plain JSON data. */
export type DomainScope =
  | { readonly kind: 'boolean' }
  | {
      readonly kind: 'number';
      readonly min: number;
      readonly max: number;
      readonly integer: boolean;
      readonly decimals?: number;
    }
  | {
      readonly kind: 'enum';
      readonly labels: readonly (string | number | boolean)[];
      readonly fallback?: string;
    }
  /** A closed regular expression, or `sotto:<form>` for a form of text of Sotto's own: no expression begins like that. */
  | { readonly kind: 'pattern'; readonly source: string }
  | { readonly kind: 'date_bucket'; readonly bucket: DateBucket }
  | { readonly kind: 'list'; readonly member: DomainScope; readonly maxMembers: number }
  | { readonly kind: 'any_of'; readonly domains: readonly DomainScope[] };

/** What a function reduces to a form of text that no expression could say. */
interface TextDomain extends Domain {
  readonly kind: 'any_of';
  /** The name of the form. */
  readonly text?: string;
  readonly domains?: undefined;
}

type AnyDomain =
  | (Domain & { readonly kind: 'boolean' })
  | NumberDomain
  | EnumDomain<string | number | boolean>
  | PatternDomain
  | DateBucketDomain
  | ListDomain<unknown>
  | UnionDomain
  | TextDomain;

/**
 * A domain as data: equal for domains that let the same values pass, in whatever order and words they were declared. A
 * refinement of a maker's own schema only narrows, and is not in it.
 */
export function toDomainScope(declared: Domain): DomainScope {
  const domain = declared as AnyDomain;
  const { kind } = domain;
  switch (kind) {
    case 'boolean':
      return { kind };
    case 'number':
      return toNumberScope(domain);
    case 'enum':
      return toEnumScope(domain);
    case 'pattern':
      return { kind, source: domain.source };
    case 'date_bucket':
      return { kind, bucket: domain.bucket };
    case 'list':
      return { kind, member: toDomainScope(domain.member), maxMembers: domain.maxMembers };
    case 'any_of':
      return domain.domains === undefined
        ? { kind: 'pattern', source: `sotto:${domain.text ?? domain.description}` }
        : { kind, domains: sortByText(domain.domains.map(toDomainScope)) };
    default:
      return kind satisfies never;
  }
}

function toNumberScope({ kind, bounds: { min, max, integer, decimals } }: NumberDomain): DomainScope {
  return { kind, min, max, integer, ...(decimals === undefined ? {} : { decimals }) };
}

function toEnumScope({ kind, labels, fallback }: EnumDomain<string | number | boolean>): DomainScope {
  const sorted = sortByText([...labels]);
  return { kind, labels: sorted, ...(fallback === undefined ? {} : { fallback }) };
}

/** In one order for equal members, whatever they are: that of the code units of their JSON. */
export function sortByText<Value>(values: readonly Value[]): Value[] {
  const texts = values.map((value) => ({ value, text: JSON.stringify(value) ?? '' }));
  return texts.sort((a, b) => (a.text < b.text ? -1 : 1)).map(({ value }) => value);
}
