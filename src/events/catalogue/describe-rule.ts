import {
  type AggregateFunction,
  type Domain,
  type FieldRule,
  HASH_PLACEHOLDER,
  type HashScope,
  labelsOf,
} from '../../privacy/index.js';
import type { CatalogueField } from './catalogue.js';
import { FIXED_FORM, SIMPLE_WORDS } from './words.js';

type Described = Pick<CatalogueField, 'conversion' | 'description' | 'example'> &
  Partial<Pick<CatalogueField, 'labels' | 'links'>>;

/** A rule in words: what leaves of the field, and what that may look like. Nested classes are described field by field. */
export function describeRule(
  name: string,
  rule: Exclude<FieldRule, { conversion: 'forbidden' | 'nested' }>,
): Described {
  const { conversion } = rule;
  switch (rule.conversion) {
    case 'plain':
      return {
        conversion,
        description: describeDomain(rule.domain),
        example: rule.domain.example(),
        labels: labelsOf(rule.domain),
      };
    case 'boolean':
      return { conversion, description: SIMPLE_WORDS.boolean, example: true };
    case 'count':
      return { conversion, description: SIMPLE_WORDS.count, example: 3 };
    case 'text_count':
      return { conversion, description: SIMPLE_WORDS.text_count, example: 24 };
    case 'aggregate': {
      const places = rule.decimals === undefined ? '' : `, ${roundedTo(rule.decimals)}`;
      const example = rule.decimals === 0 ? 3 : 2.5;
      return { conversion, description: `${AGGREGATES[rule.aggregate]} of its numbers${places}`, example };
    }
    case 'distribution':
      return { conversion, ...describeDistribution([...rule.labels]) };
    case 'presence_map':
      return {
        conversion,
        description: 'for each name in it whether it is set, yes or no; never what it is set to',
        example: { theme: true, proxy: false },
      };
    case 'hash':
      return {
        conversion,
        description: describeHash(name, rule.identity ?? name, rule.scope),
        example: HASH_PLACEHOLDER,
        links: rule.scope,
      };
    default:
      return rule satisfies never;
  }
}

/** Of a pattern the example tells the rest. */
function describeDomain({ kind, description }: Domain): string {
  return kind === 'pattern' ? FIXED_FORM : description;
}

const AGGREGATES: Readonly<Record<AggregateFunction, string>> = {
  sum: 'the sum',
  mean: 'the mean',
  min: 'the smallest',
  max: 'the largest',
  median: 'the median',
  p50: 'the 50th percentile',
  p90: 'the 90th percentile',
  p95: 'the 95th percentile',
  p99: 'the 99th percentile',
};

const roundedTo = (decimals: number) => `rounded to ${decimals} decimal${decimals === 1 ? '' : 's'}`;

const MAX_LISTED_LABELS = 8;

function describeDistribution(labels: readonly string[]): Omit<Described, 'conversion'> {
  const which = labels.length <= MAX_LISTED_LABELS ? labels.join(', ') : `${labels.length} labels`;
  return {
    description: `how often each of ${which} occurs, and anything else as other`,
    example: Object.fromEntries(labels.slice(0, 2).map((label, index) => [label, 2 - index])),
    labels,
  };
}

const SCOPES: Readonly<Record<HashScope, string>> = {
  installation: 'of this installation',
  session: 'of one session',
};

function describeHash(name: string, identity: string, scope: HashScope): string {
  const others = identity === name ? '' : `, in whatever field a ${identity} stands`;
  return `a keyed hash, the same for equal values ${SCOPES[scope]}${others}`;
}
