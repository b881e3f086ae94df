import { createHash } from 'node:crypto';
import type { FlagDefinition, FlagVariant } from './flag-definition.js';

/** Why a flag has its value, in PostHog's codes. */
export interface FlagReason {
  readonly code: 'condition_match' | 'out_of_rollout_bound' | 'flag_disabled';
  /** Always 0 where a condition was looked at: a definition has one condition, its rollout. */
  readonly condition_index: number | null;
  readonly description: string;
}

/** One flag in PostHog's second response format. */
export interface EvaluatedFlag {
  readonly key: string;
  readonly enabled: boolean;
  /** `null` when the flag is off or has no variants. */
  readonly variant: string | null;
  readonly reason: FlagReason;
  readonly metadata: {
    /** Place of the definition in the server's list, from 1. Not stable when the list changes. */
    readonly id: number;
    readonly version: number;
    readonly description: string | null;
  };
}

const MATCH: FlagReason = {
  code: 'condition_match',
  condition_index: 0,
  description: 'Matched condition set 1',
};
const OUTSIDE: FlagReason = {
  code: 'out_of_rollout_bound',
  condition_index: 0,
  description: 'Out of rollout bound',
};
const DISABLED: FlagReason = {
  code: 'flag_disabled',
  condition_index: null,
  description: 'Feature flag is disabled',
};

/**
 * The value of every flag for one distinct id.
 *
 * @param definitions - checked by `assertFlagDefinitions`
 * @param keys - flags to evaluate; all when absent. Unknown keys are left out of the result
 * @returns by flag key. The same id gets the same answer from any server with the same definitions, and from PostHog
 * @remarks Pure: nothing about the id is kept.
 */
export function evaluateFlags(
  definitions: readonly FlagDefinition[],
  distinctId: string,
  keys?: readonly string[],
): Record<string, EvaluatedFlag> {
  const wanted = keys === undefined ? undefined : new Set(keys);
  return Object.fromEntries(
    definitions.flatMap((definition, index) => {
      const { key } = definition;
      if (wanted?.has(key) === false) return [];
      const metadata = { id: index + 1, version: 1, description: null };
      return [[key, { key, ...evaluateFlag(definition, distinctId), metadata }]];
    }),
  );
}

type Evaluation = Pick<EvaluatedFlag, 'enabled' | 'variant' | 'reason'>;

function evaluateFlag(definition: FlagDefinition, distinctId: string): Evaluation {
  const { key, active = true, rollout_percentage = 100, variants = [] } = definition;
  if (!active) return { enabled: false, variant: null, reason: DISABLED };
  if (positionOf(key, distinctId) > rollout_percentage / 100) {
    return { enabled: false, variant: null, reason: OUTSIDE };
  }
  return {
    enabled: true,
    variant: chooseVariant(variants, positionOf(key, distinctId, 'variant')),
    reason: MATCH,
  };
}

/** The variant in whose share of the line from 0 to 1 the position falls; the last one takes what rounding leaves over. */
function chooseVariant(variants: readonly FlagVariant[], position: number): string | null {
  let end = 0;
  for (const { key, rollout_percentage } of variants) {
    end += rollout_percentage / 100;
    if (position < end) return key;
  }
  return variants.findLast((variant) => variant.rollout_percentage > 0)?.key ?? null;
}

const HASH_DIGITS = 15;
const HASH_MAX = 16 ** HASH_DIGITS - 1;

/** PostHog's place of an id on the line from 0 to 1. The salt keeps the choice of a variant independent of the rollout. */
function positionOf(key: string, distinctId: string, salt = ''): number {
  const hash = createHash('sha1').update(`${key}.${distinctId}${salt}`).digest('hex');
  return Number.parseInt(hash.slice(0, HASH_DIGITS), 16) / HASH_MAX;
}
