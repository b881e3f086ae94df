import { ConfigError, typeName } from '../../internal/index.js';
import { type JsonValue, normalizeZero, roundTo } from '../json.js';
import type { Domain } from './domain.js';

const MAX_DECIMALS = 15;

/** What a person reads most easily, the first that fits. */
const ROUND_NUMBERS = [100, 10, 0.5, 1, 0];

/** Bounds of a number field. Both are needed: an unbounded number can carry an identifier. */
export interface NumberBounds {
  readonly min: number;
  readonly max: number;
  /** Places the number is rounded to before it leaves, 0 to 15; undefined leaves it as it is. */
  readonly decimals?: number;
}

export interface NumberDomain extends Domain<number> {
  readonly kind: 'number';
  readonly bounds: NumberBounds & { readonly integer: boolean };
}

/**
 * A number from `min` to `max`, both included, in the field's own unit.
 *
 * @throws {ConfigError} `PLAIN_UNBOUNDED` unless both bounds lie between -2^53 and 2^53 and `min` ≤ `max`;
 *   `OPTION_INVALID` for `decimals`
 */
export function number(bounds: NumberBounds): Domain<number> {
  return createNumber({ ...bounds, integer: false });
}

/** A whole number from `min` to `max`. See {@link number}. */
export function integer(bounds: Omit<NumberBounds, 'decimals'>): Domain<number> {
  return createNumber({ ...bounds, integer: true });
}

/** @throws {ConfigError} `OPTION_INVALID` unless `decimals` is undefined or a whole number from 0 to 15 */
export function assertDecimals(decimals: unknown): void {
  const isUsable =
    Number.isInteger(decimals) && (decimals as number) >= 0 && (decimals as number) <= MAX_DECIMALS;
  if (decimals === undefined || isUsable) return;
  throw new ConfigError(
    'OPTION_INVALID',
    `\`decimals\` is a whole number from 0 to ${MAX_DECIMALS}; received ${typeName(decimals)}.`,
  );
}

function createNumber(bounds: NumberDomain['bounds']): NumberDomain {
  const { min, max, decimals, integer: whole } = bounds;
  if (!isBound(min) || !isBound(max) || min > max) {
    throw new ConfigError(
      'PLAIN_UNBOUNDED',
      'A plain number needs real bounds, min ≤ max, both smaller than 2^53; give `min` and `max`.',
    );
  }
  assertDecimals(decimals);
  const domain: NumberDomain = {
    kind: 'number',
    bounds,
    description: `a ${whole ? 'whole ' : ''}number from ${min} to ${max}`,
    encode(value) {
      if (typeof value !== 'number' || !(value >= min && value <= max)) return undefined;
      if (whole && !Number.isInteger(value)) return undefined;
      return normalizeZero(decimals === undefined ? value : clamp(roundTo(value, decimals), min, max));
    },
    isWithin(other) {
      if (other.kind !== 'number') return false;
      const parent = (other as NumberDomain).bounds;
      const isCoarser = whole || parent.decimals === undefined || (decimals ?? Infinity) <= parent.decimals;
      return min >= parent.min && max <= parent.max && isCoarser && (whole || !parent.integer);
    },
    example: () => ROUND_NUMBERS.find((round) => domain.encode(round) === round) ?? leastOf(domain),
  };
  return domain;
}

function leastOf({ bounds: { min, integer: whole }, encode }: NumberDomain): JsonValue {
  const least = whole ? Math.ceil(min) : min;
  return encode(least) ?? least;
}

/** "Any safe integer", which libraries write as bounds, is none. */
function isBound(bound: unknown): boolean {
  return typeof bound === 'number' && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
}

const clamp = (value: number, min: number, max: number) => Math.min(Math.max(value, min), max);
