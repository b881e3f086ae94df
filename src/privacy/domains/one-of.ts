import { ConfigError } from '../../internal/index.js';
import { normalizeZero } from '../json.js';
import type { Domain } from './domain.js';

const MAX_LABELS = 1_000;
const MAX_LABEL_LENGTH = 100;
const MAX_LISTED_LABELS = 8;

type AnyLabel = string | number | boolean;

/** The labels of a closed list. */
export interface EnumDomain<Label extends AnyLabel = string> extends Domain<Label> {
  readonly kind: 'enum';
  readonly labels: ReadonlySet<AnyLabel>;
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
export function oneOf<const Label extends AnyLabel>(...labels: readonly Label[]): EnumDomain<Label> {
  return createEnum<Label>(assertLabels(labels), undefined);
}

function createEnum<Label extends AnyLabel>(
  labels: ReadonlySet<AnyLabel>,
  fallback: string | undefined,
): EnumDomain<Label> {
  return {
    kind: 'enum',
    labels,
    fallback,
    description: describe(labels, fallback),
    encode(value) {
      if (labels.has(value as Label))
        return typeof value === 'number' ? normalizeZero(value) : (value as Label);
      return typeof value === 'string' ? fallback : undefined;
    },
    isWithin(other) {
      const emitted = fallback === undefined ? [...labels] : [...labels, fallback];
      return emitted.every((label) => other.encode(label) === label);
    },
    example: () => [...labels][0] as AnyLabel,
    or: (bucket) => createEnum(labels, [...assertLabels([bucket])][0]),
  };
}

function describe(labels: ReadonlySet<AnyLabel>, fallback: string | undefined): string {
  const list =
    labels.size <= MAX_LISTED_LABELS ? [...labels].map(String).join(', ') : `${labels.size} labels`;
  return `one of ${list}${fallback === undefined ? '' : `, any other string as ${fallback}`}`;
}

/** The labels as a set, checked as {@link oneOf} says. */
export function assertLabels<Label extends AnyLabel>(labels: readonly Label[]): ReadonlySet<Label> {
  if (!Array.isArray(labels) || labels.length === 0) throw refusal('needs at least one label');
  if (labels.length > MAX_LABELS)
    throw refusal(`has at most ${MAX_LABELS} labels; group the rare ones under \`other\``);
  const set = new Set(labels);
  if (set.size !== labels.length) throw refusal('names each label once');
  if (!labels.every(isLabel)) {
    throw refusal(
      `holds non-empty strings of at most ${MAX_LABEL_LENGTH} characters, finite numbers or booleans`,
    );
  }
  return set;
}

function isLabel(label: unknown): boolean {
  if (typeof label === 'string') return label !== '' && label.length <= MAX_LABEL_LENGTH;
  return typeof label === 'boolean' || Number.isFinite(label);
}

const refusal = (rule: string) => new ConfigError('LABELS_INVALID', `A closed list of labels ${rule}.`);
