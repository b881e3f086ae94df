import { ConfigError } from '../../internal/index.js';
import { normalizeZero, roundTo } from '../json.js';
import type { Domain } from './domain.js';

const MAX_LABELS = 1_000;
const MAX_LABEL_LENGTH = 100;

/** The labels of a closed list. */
export interface EnumDomain<Label extends string | number | boolean = string> extends Domain<Label> {
  readonly kind: 'enum';
  readonly labels: ReadonlySet<string | number | boolean>;
  /** Emitted for any string outside the list; undefined: such a value is invalid. */
  readonly fallback: string | undefined;
  /** The same list, emitting `fallback` for every string outside it, as a closed vocabulary with a bucket for the rest. */
  or(fallback: string): EnumDomain<Label | (string & {})>;
}

/**
 * A closed list of labels: `oneOf('UNDERSTAND', 'DEBUG')`.
 *
 * @throws {ConfigError} `LABELS_INVALID` when the list is empty, repeats a label, or a label is longer than 100
 *   characters: labels are names, not texts
 */
export function oneOf<const Label extends string | number | boolean>(
  ...labels: readonly Label[]
): EnumDomain<Label> {
  return createEnum<Label>(assertLabels(labels), undefined);
}

function createEnum<Label extends string | number | boolean>(
  labels: ReadonlySet<string | number | boolean>,
  fallback: string | undefined,
): EnumDomain<Label> {
  return {
    kind: 'enum',
    labels,
    fallback,
    description: `one of ${labels.size} labels${fallback === undefined ? '' : `, anything else as \`${fallback}\``}`,
    encode(value) {
      if (labels.has(value as Label)) return value as Label;
      return typeof value === 'string' ? fallback : undefined;
    },
    isWithin(other) {
      if (other.kind !== 'enum') return false;
      const parent = other as EnumDomain<Label>;
      const emitted = fallback === undefined ? [...labels] : [...labels, fallback];
      return emitted.every((label) => parent.labels.has(label) || parent.fallback === label);
    },
    or: (bucket) => createEnum(labels, [...assertLabels([bucket])][0] as string),
  };
}

/** The labels as a set, checked as {@link oneOf} says. */
export function assertLabels<Label extends string | number | boolean>(
  labels: readonly Label[],
): ReadonlySet<Label> {
  const set = new Set(labels);
  const refuse = (rule: string) => {
    throw new ConfigError('LABELS_INVALID', `A closed list of labels ${rule}.`);
  };
  if (!Array.isArray(labels) || labels.length === 0) refuse('needs at least one label');
  if (labels.length > MAX_LABELS)
    refuse(`has at most ${MAX_LABELS} labels; group the rare ones under \`other\``);
  if (set.size !== labels.length) refuse('names each label once');
  for (const label of labels) {
    const isLabel = typeof label === 'boolean' || Number.isFinite(label) || typeof label === 'string';
    if (!isLabel || String(label) === '' || String(label).length > MAX_LABEL_LENGTH) {
      refuse(`holds non-empty strings of at most ${MAX_LABEL_LENGTH} characters, numbers or booleans`);
    }
  }
  return set;
}

/** Bounds of a number field. Both are needed: an unbounded number can carry an identifier. */
export interface NumberBounds {
  readonly min: number;
  readonly max: number;
  /** Places the number is rounded to before it leaves; undefined leaves it as it is. */
  readonly decimals?: number;
}

interface NumberDomain extends Domain<number> {
  readonly kind: 'number';
  readonly bounds: NumberBounds & { readonly integer: boolean };
}

/**
 * A number from `min` to `max`, both included, in the field's own unit.
 *
 * @throws {ConfigError} `PLAIN_UNBOUNDED` unless both bounds are finite and `min` ≤ `max`
 */
export function number(bounds: NumberBounds): Domain<number> {
  return createNumber({ ...bounds, integer: false });
}

/** A whole number from `min` to `max`. See {@link number}. */
export function integer(bounds: Omit<NumberBounds, 'decimals'>): Domain<number> {
  return createNumber({ ...bounds, integer: true });
}

function createNumber(bounds: NumberDomain['bounds']): NumberDomain {
  const { min, max, decimals, integer: whole } = bounds;
  if (!Number.isFinite(min) || !Number.isFinite(max) || min > max) {
    throw new ConfigError(
      'PLAIN_UNBOUNDED',
      'A plain number needs finite bounds with min ≤ max; give both `min` and `max`.',
    );
  }
  return {
    kind: 'number',
    bounds,
    description: `a ${whole ? 'whole ' : ''}number from ${min} to ${max}`,
    encode(value) {
      if (typeof value !== 'number' || !(value >= min && value <= max)) return undefined;
      if (whole && !Number.isInteger(value)) return undefined;
      return normalizeZero(decimals === undefined ? value : roundTo(value, decimals));
    },
    isWithin(other) {
      if (other.kind !== 'number') return false;
      const parent = (other as NumberDomain).bounds;
      const isCoarser = whole || parent.decimals === undefined || (decimals ?? Infinity) <= parent.decimals;
      return min >= parent.min && max <= parent.max && isCoarser && (whole || !parent.integer);
    },
  };
}

const BOOL: Domain<boolean> = {
  kind: 'boolean',
  description: 'true or false',
  encode: (value) => (typeof value === 'boolean' ? value : undefined),
  isWithin: (other) => other.kind === 'boolean',
};

/** True or false. */
export function bool(): Domain<boolean> {
  return BOOL;
}
