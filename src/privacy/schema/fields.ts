import { ConfigError } from '../../internal/index.js';
import { AGGREGATE_FUNCTIONS, type AggregateFunction } from '../conversions/aggregate.js';
import { assertDecimals, assertLabels, type BoundedSchema, type Domain, toDomain } from '../domains/index.js';
import type { FieldContext, FieldDeclaration } from './declaration.js';
import { declareField } from './declare.js';
import { metadataFrom } from './decorator-context.js';
import type {
  AggregateOptions,
  FieldOptions,
  FieldRule,
  HashOptions,
  SchemaReference,
  TextCountOptions,
} from './rule.js';
import { toStewardship } from './stewardship.js';

/** Things that can be counted: arrays, sets, maps, typed arrays, other iterables, records. */
export type Countable = object;
export type Numbers = number | bigint | Iterable<number | bigint>;
type Label = string | number | boolean;
export type Labels = Label | Iterable<Label> | ReadonlyMap<unknown, Label> | Readonly<Record<string, Label>>;
type NestedOf<Instance> = Instance | Iterable<Instance> | ReadonlyMap<unknown, Instance>;

/**
 * The value itself leaves. Needs a bounded type: free text cannot be plain.
 *
 * @param schema - one of Sotto's builders (`oneOf('a', 'b')`, `number({ min, max })`…), or a zod or Standard Schema schema
 *   whose JSON Schema is bounded; the field's type must agree with it
 * @throws {ConfigError} `PLAIN_UNBOUNDED` when the schema is unbounded
 * @remarks A value outside the schema is dropped and counted; null leaves as null, undefined not at all.
 */
export function plain<Input, Value extends Input>(
  schema: Domain<Value> | BoundedSchema<Value, Input>,
  options: FieldOptions = {},
): FieldDeclaration<Value> {
  return declaration({ conversion: 'plain', domain: toDomain(schema), ...namesOf(options) });
}

/** Whether there is something in the field. Nullish leaves as `false`. */
export function boolean(options: FieldOptions = {}): FieldDeclaration<unknown> {
  return declaration({ conversion: 'boolean', ...namesOf(options) });
}

/** How many members the field has; 0 for nullish. */
export function count(options: FieldOptions = {}): FieldDeclaration<Countable | undefined> {
  return declaration({ conversion: 'count', ...namesOf(options) });
}

/** How many Unicode code points the text has; 0 for nullish. */
export function textCount(options: TextCountOptions = {}): FieldDeclaration<string | undefined> {
  return declaration({
    conversion: 'text_count',
    canRedact: options.withToolsOverPrivacy === 'redact',
    redactedAs: options.redactedAs,
    ...namesOf(options),
  });
}

/**
 * A keyed hash of the value; null for nullish. Pseudonymous: equal values of one installation can be recognised.
 *
 * @throws {ConfigError} `OPTION_INVALID` when `scope` is neither `installation` nor `session`
 */
export function hash(options: HashOptions = {}): FieldDeclaration<unknown> {
  const { identity, scope = 'installation' } = options;
  if (scope !== 'installation' && scope !== 'session') {
    throw new ConfigError('OPTION_INVALID', "`scope` of a hash is 'installation' or 'session'.");
  }
  return declaration({ conversion: 'hash', identity, scope, ...namesOf(options) });
}

/**
 * How often each label of a closed list occurs; members outside the list count under `other`.
 *
 * @throws {ConfigError} `LABELS_INVALID` when the list is empty or repeats a label
 */
export function distribution(
  labels: readonly string[],
  options: FieldOptions = {},
): FieldDeclaration<Labels | undefined> {
  const names = new Set([...assertLabels(labels)].map(String));
  return declaration({ conversion: 'distribution', labels: names, ...namesOf(options) });
}

/**
 * One number computed from the field's numbers; null when there is none. `sum` unless told otherwise.
 *
 * @throws {ConfigError} `OPTION_INVALID` for an unknown function or `decimals` outside 0 to 15
 */
export function aggregate(
  aggregateFunction: AggregateFunction = 'sum',
  options: AggregateOptions = {},
): FieldDeclaration<Numbers | undefined> {
  if (!AGGREGATE_FUNCTIONS.includes(aggregateFunction)) {
    throw new ConfigError('OPTION_INVALID', `An aggregate is one of ${AGGREGATE_FUNCTIONS.join(', ')}.`);
  }
  assertDecimals(options.decimals);
  return declaration({
    conversion: 'aggregate',
    aggregate: aggregateFunction,
    decimals: options.decimals,
    ...namesOf(options),
  });
}

/** The field never leaves, at any depth, and is not even read. */
export function forbidden(): FieldDeclaration<unknown> {
  return declaration({ conversion: 'forbidden', ...namesOf({}) });
}

/**
 * A schema class inside another: its own rules apply to every instance in the field, in arrays and sets (as arrays) and
 * in maps (as an array of the values: a map's keys are undeclared content).
 *
 * @param schema - the class, as a function: `nested(() => Match)`
 */
export function nested<Instance extends object>(
  schema: () => abstract new (...args: never[]) => Instance,
  options: FieldOptions = {},
): FieldDeclaration<NestedOf<Instance> | undefined> {
  return declaration({ conversion: 'nested', schema: schema as SchemaReference, ...namesOf(options) });
}

/**
 * Which names of a record have something in them: name → true or false, never the content. For records whose keys are
 * identifiers written by a programmer, such as setting names; other keys are dropped and counted.
 */
export function presenceMap(options: FieldOptions = {}): FieldDeclaration<object | undefined> {
  return declaration({ conversion: 'presence_map', ...namesOf(options) });
}

/** What every rule says besides its conversion. */
const namesOf = (options: FieldOptions) => ({ as: options.as, stewardship: toStewardship(options) });

function declaration<Accepted>(rule: FieldRule): FieldDeclaration<Accepted> {
  const decorate = (_target: unknown, context: FieldContext<unknown, unknown>) => {
    const metadata = metadataFrom(context);
    declareField(metadata, { source: sourceFrom(context), rule });
  };
  return Object.assign(decorate, { rule }) as FieldDeclaration<Accepted>;
}

const FIELD_KINDS: readonly string[] = ['field', 'accessor', 'getter'];

function sourceFrom(context: FieldContext<unknown, unknown>): string {
  const { name, kind } = context;
  if (!FIELD_KINDS.includes(kind) || context.static || context.private || typeof name === 'symbol') {
    throw new ConfigError(
      'FIELD_UNSUPPORTED',
      'Only public instance fields, accessors and getters with string names can carry a rule; methods, #private, static and symbol fields never leave.',
    );
  }
  return name;
}
