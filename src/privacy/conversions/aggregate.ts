import { normalizeZero, roundTo } from '../json.js';
import { kindOf, membersOf } from '../kind.js';

/** One number out of many. Percentiles interpolate as PostgreSQL's `percentile_cont` does; `median` is `p50`. */
export const AGGREGATE_FUNCTIONS = [
  'sum',
  'mean',
  'min',
  'max',
  'median',
  'p50',
  'p90',
  'p95',
  'p99',
] as const;
export type AggregateFunction = (typeof AGGREGATE_FUNCTIONS)[number];

/**
 * Reduce numbers to one number, or null when there is none to give.
 *
 * @param value - a number, a bigint, or an array, set, iterable or typed array of them; anything else gives null
 * @param aggregate - which function; of an empty collection only `sum` has a value (0)
 * @param decimals - places to round to; undefined leaves the number as it is
 * @param onCut - called when there are more than 100,000 members; the result is that of the first ones then
 * @returns a finite number or null; a sum of bigints beyond 2^53 is an exact decimal string of at most 40 digits.
 *   `NaN` and infinities among the members are skipped; a member that is no number makes the result null. Never the
 *   value itself unless that is a number.
 */
export function toAggregate(
  value: unknown,
  aggregate: AggregateFunction,
  decimals?: number,
  onCut?: () => void,
): number | string | null {
  const kind = kindOf(value);
  if (kind === 'number' || kind === 'bigint') {
    return kind === 'number' && !Number.isFinite(value)
      ? null
      : reduce([value as number | bigint], aggregate, decimals);
  }
  if (kind === 'map' || kind === 'record') return null;
  const members = membersOf(value, kind, onCut);
  const numbers = members && toNumbers(members);
  return numbers ? reduce(numbers, aggregate, decimals) : null;
}

function toNumbers(members: Iterable<unknown>): (number | bigint)[] | undefined {
  const numbers: (number | bigint)[] = [];
  for (const member of members) {
    if (typeof member === 'bigint' || Number.isFinite(member)) numbers.push(member as number | bigint);
    else if (typeof member !== 'number') return undefined;
  }
  return numbers;
}

function reduce(
  numbers: readonly (number | bigint)[],
  aggregate: AggregateFunction,
  decimals: number | undefined,
): number | string | null {
  if (aggregate === 'sum' && numbers.length > 0 && numbers.every((number) => typeof number === 'bigint')) {
    return exactSum(numbers as readonly bigint[]);
  }
  const doubles = numbers.map(Number);
  if (doubles.some((number, index) => typeof numbers[index] === 'bigint' && !Number.isSafeInteger(number)))
    return null;
  const result = compute(doubles, aggregate);
  if (result === null || !Number.isFinite(result)) return null;
  return normalizeZero(decimals === undefined ? result : roundTo(result, decimals));
}

/** Longer than this, a sum of bigints is no quantity, and printing it takes time that nobody has set a bound to. */
const MAX_EXACT = 10n ** 40n;

function exactSum(numbers: readonly bigint[]): number | string | null {
  const sum = numbers.reduce((total, number) => total + number, 0n);
  const double = Number(sum);
  if (Number.isSafeInteger(double)) return double;
  return sum < MAX_EXACT && sum > -MAX_EXACT ? sum.toString() : null;
}

function compute(numbers: readonly number[], aggregate: AggregateFunction): number | null {
  const sum = () => numbers.reduce((total, number) => total + number, 0);
  if (aggregate === 'sum') return sum();
  if (numbers.length === 0) return null;
  switch (aggregate) {
    case 'mean':
      return sum() / numbers.length;
    case 'min':
      return numbers.reduce((least, number) => Math.min(least, number));
    case 'max':
      return numbers.reduce((most, number) => Math.max(most, number));
    case 'median':
    case 'p50':
      return percentile(numbers, 0.5);
    case 'p90':
      return percentile(numbers, 0.9);
    case 'p95':
      return percentile(numbers, 0.95);
    case 'p99':
      return percentile(numbers, 0.99);
    default:
      return aggregate satisfies never;
  }
}

function percentile(numbers: readonly number[], fraction: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const position = fraction * (sorted.length - 1);
  const below = sorted[Math.floor(position)] as number;
  const above = sorted[Math.ceil(position)] as number;
  return below + (above - below) * (position - Math.floor(position));
}
