import { ConfigError } from '../../internal/index.js';
import { isJsonObject } from '../http/index.js';

/** One arm of a flag. */
export interface FlagVariant {
  readonly key: string;
  /** Share of those inside the flag's rollout, 0 to 100. The shares of one flag add up to 100. */
  readonly rollout_percentage: number;
}

/** A flag of this server, in PostHog's spelling. */
export interface FlagDefinition {
  /** 1 to 200 letters, digits, `_` or `-`. */
  readonly key: string;
  /** A flag that is not active is off for everybody; absent means active. */
  readonly active?: boolean;
  /** Share of all distinct ids for which the flag is on, 0 to 100; absent means 100. */
  readonly rollout_percentage?: number;
  /** Absent for a flag that is only on or off. */
  readonly variants?: readonly FlagVariant[];
}

const FLAG_MEMBERS = ['key', 'active', 'rollout_percentage', 'variants'];
const VARIANT_MEMBERS = ['key', 'rollout_percentage'];

const KEY = /^[A-Za-z0-9_-]{1,200}$/;
const KEY_RULE = 'key must be 1 to 200 letters, digits, "_" or "-"';
const PERCENTAGE_RULE = 'rollout_percentage must be a number from 0 to 100';

/** Decimal shares need not add up exactly in floating point: six times 14.29 and 14.26 make 99.99999999999999. */
const SUM_TOLERANCE = 1e-6;

/**
 * Check flag definitions before a server uses them. A misspelt member is refused: without its rollout a flag would be
 * on for everybody.
 *
 * @throws {ConfigError} `FLAG_DEFINITION_INVALID` naming the position and the rule of the first mistake
 */
export function assertFlagDefinitions(definitions: readonly FlagDefinition[]): void {
  if (!Array.isArray(definitions))
    throw new ConfigError('FLAG_DEFINITION_INVALID', 'flags must be an array.');
  for (const [index, definition] of definitions.entries()) {
    const mistake = findFlagMistake(definition);
    if (mistake !== undefined)
      throw new ConfigError('FLAG_DEFINITION_INVALID', `flags[${index}]: ${mistake}.`);
  }
  if (hasDuplicateKey(definitions))
    throw new ConfigError('FLAG_DEFINITION_INVALID', 'Two flags have the same key.');
}

function findFlagMistake(definition: FlagDefinition): string | undefined {
  const shape = findShapeMistake(definition, FLAG_MEMBERS);
  if (shape !== undefined) return shape;
  const { active, rollout_percentage, variants } = definition;
  if (active !== undefined && typeof active !== 'boolean') return 'active must be a boolean';
  if (rollout_percentage !== undefined && !isPercentage(rollout_percentage)) return PERCENTAGE_RULE;
  return variants === undefined ? undefined : findVariantsMistake(variants);
}

function findVariantsMistake(variants: readonly FlagVariant[]): string | undefined {
  if (!Array.isArray(variants) || variants.length === 0) return 'variants must be a non-empty array';
  for (const [index, variant] of variants.entries()) {
    const mistake = findVariantMistake(variant);
    if (mistake !== undefined) return `variants[${index}]: ${mistake}`;
  }
  if (hasDuplicateKey(variants)) return 'two variants have the same key';
  const sum = variants.reduce((total, variant) => total + variant.rollout_percentage, 0);
  if (Math.abs(sum - 100) > SUM_TOLERANCE) return 'the rollout_percentage of all variants must add up to 100';
  return undefined;
}

function findVariantMistake(variant: FlagVariant): string | undefined {
  const shape = findShapeMistake(variant, VARIANT_MEMBERS);
  if (shape !== undefined) return shape;
  return isPercentage(variant.rollout_percentage) ? undefined : PERCENTAGE_RULE;
}

function findShapeMistake(value: unknown, members: readonly string[]): string | undefined {
  if (!isJsonObject(value)) return 'must be an object';
  if (!Object.keys(value).every((name) => members.includes(name))) return `members are ${members.join(', ')}`;
  return typeof value.key === 'string' && KEY.test(value.key) ? undefined : KEY_RULE;
}

function isPercentage(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 100;
}

function hasDuplicateKey(keyed: readonly { readonly key: string }[]): boolean {
  return new Set(keyed.map(({ key }) => key)).size < keyed.length;
}
