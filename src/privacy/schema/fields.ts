import { ConfigError, typeName } from '../../internal/index.js';
import { AnonymityConversion } from '../conversion.js';
import { AGGREGATE_FUNCTIONS, type AggregateFunction } from '../conversions/aggregate.js';
import { assertLabels, type BoundedSchema, type Domain, toDomain } from '../domains/index.js';
import type { FieldContext, FieldDeclaration } from './declaration.js';
import { declareField, type SchemaMetadata } from './metadata.js';
import { assertPropertyName } from './names.js';
import type {
  AggregateOptions,
  FieldOptions,
  FieldRule,
  HashOptions,
  SchemaReference,
  TextCountOptions,
} from './rule.js';

/** Things that can be counted: arrays, sets, maps, typed arrays, other iterables, records. */
type Countable = object;
type Numbers = number | bigint | Iterable<number | bigint>;
type Label = string | number | boolean;
type Labels = Label | Iterable<Label> | ReadonlyMap<unknown, Label> | Readonly<Record<string, Label>>;
type NestedOf<Instance> = Instance | Iterable<Instance> | ReadonlyMap<unknown, Instance>;

/**
 * The value itself leaves. Needs a bounded type: free text cannot be plain.
 *
 * @param schema - one of Sotto's builders (`oneOf('a', 'b')`, `number({ min, max })`…), or a zod or Standard Schema schema
 *   whose JSON Schema is bounded; the field's type must agree with it
 * @throws {ConfigError} `PLAIN_UNBOUNDED` when the schema is unbounded
 * @remarks A value outside the schema is dropped and counted; null leaves as null, undefined not at all.
 */
export function plain<Value>(
  schema: Domain<Value> | BoundedSchema<Value>,
  options: FieldOptions = {},
): FieldDeclaration<Value> {
  return declaration({ conversion: 'plain', domain: toDomain(schema), as: options.as });
}

/** Whether there is something in the field. Nullish leaves as `false`. */
export function boolean(options: FieldOptions = {}): FieldDeclaration<unknown> {
  return declaration({ conversion: 'boolean', as: options.as });
}

/** How many members the field has; 0 for nullish. */
export function count(options: FieldOptions = {}): FieldDeclaration<Countable | undefined> {
  return declaration({ conversion: 'count', as: options.as });
}

/** How many Unicode code points the text has; 0 for nullish. */
export function textCount(options: TextCountOptions = {}): FieldDeclaration<string | undefined> {
  const { withToolsOverPrivacy, redactedAs } = options;
  if (redactedAs !== undefined) assertPropertyName(redactedAs);
  return declaration({
    conversion: 'text_count',
    canRedact: withToolsOverPrivacy === 'redact',
    redactedAs,
    as: options.as,
  });
}

/**
 * A keyed hash of the value; null for nullish. Pseudonymous: equal values of one installation can be recognised.
 */
export function hash(options: HashOptions = {}): FieldDeclaration<unknown> {
  return declaration({
    conversion: 'hash',
    identity: options.identity,
    scope: options.scope ?? 'installation',
    as: options.as,
  });
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
  return declaration({ conversion: 'distribution', labels: assertLabels(labels), as: options.as });
}

/** One number computed from the field's numbers; null when there is none. `sum` unless told otherwise. */
export function aggregate(
  aggregateFunction: AggregateFunction = 'sum',
  options: AggregateOptions = {},
): FieldDeclaration<Numbers | undefined> {
  if (!AGGREGATE_FUNCTIONS.includes(aggregateFunction)) {
    throw new ConfigError('OPTION_INVALID', `An aggregate is one of ${AGGREGATE_FUNCTIONS.join(', ')}.`);
  }
  return declaration({
    conversion: 'aggregate',
    aggregate: aggregateFunction,
    decimals: options.decimals,
    as: options.as,
  });
}

/** The field never leaves, at any depth, and is not even read. */
export function forbidden(): FieldDeclaration<unknown> {
  return declaration({ conversion: 'forbidden', as: undefined });
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
  return declaration({ conversion: 'nested', schema: schema as SchemaReference, as: options.as });
}

/**
 * Which names of a record have something in them: name → true or false, never the content. For records whose keys are
 * identifiers written by a programmer, such as setting names; other keys are dropped and counted.
 */
export function presenceMap(options: FieldOptions = {}): FieldDeclaration<object | undefined> {
  return declaration({ conversion: 'presence_map', as: options.as });
}

/** Options of the general form, by conversion. */
interface ConversionOptions {
  forbidden: Record<never, never>;
  boolean: FieldOptions;
  count: FieldOptions;
  text_count: TextCountOptions;
  hash: HashOptions;
  aggregate: AggregateOptions & { readonly function?: AggregateFunction };
  distribution: FieldOptions & { readonly labels: readonly string[] };
  plain: FieldOptions & { readonly schema: Domain | BoundedSchema };
}

interface ConversionInput {
  forbidden: unknown;
  boolean: unknown;
  count: Countable | undefined;
  text_count: string | undefined;
  hash: unknown;
  aggregate: Numbers | undefined;
  distribution: Labels | undefined;
  plain: unknown;
}

type NeedsOptions = 'distribution' | 'plain';

/**
 * The general form of the short decorators: `@anonymize(AnonymityConversion.HASH, { identity: 'repository' })`.
 *
 * @throws {ConfigError} as the short form of the conversion does
 */
export function anonymize<C extends AnonymityConversion>(
  conversion: C,
  ...[options]: C extends NeedsOptions ? [ConversionOptions[C]] : [ConversionOptions[C]?]
): FieldDeclaration<ConversionInput[C]> {
  return fromConversion(conversion, options ?? {}) as FieldDeclaration<ConversionInput[C]>;
}

/** A conversion and its options → the declaration. Options that a conversion needs and did not get are refused. */
export function fromConversion(
  conversion: AnonymityConversion,
  options: Partial<ConversionOptions[AnonymityConversion]> = {},
): { readonly rule: FieldRule } {
  switch (conversion) {
    case AnonymityConversion.FORBIDDEN:
      return forbidden();
    case AnonymityConversion.BOOLEAN:
      return boolean(options as ConversionOptions['boolean']);
    case AnonymityConversion.COUNT:
      return count(options as ConversionOptions['count']);
    case AnonymityConversion.TEXT_COUNT:
      return textCount(options as ConversionOptions['text_count']);
    case AnonymityConversion.HASH:
      return hash(options as ConversionOptions['hash']);
    case AnonymityConversion.AGGREGATE: {
      const { function: aggregateFunction, ...rest } = options as ConversionOptions['aggregate'];
      return aggregate(aggregateFunction, rest);
    }
    case AnonymityConversion.DISTRIBUTION: {
      const { labels, ...rest } = options as ConversionOptions['distribution'];
      return distribution(labels, rest);
    }
    case AnonymityConversion.PLAIN: {
      const { schema, ...rest } = options as ConversionOptions['plain'];
      return plain(schema, rest);
    }
    default:
      conversion satisfies never;
      throw new ConfigError(
        'OPTION_INVALID',
        `A conversion is one of AnonymityConversion; received ${typeName(conversion)}.`,
      );
  }
}

function declaration<Accepted>(rule: FieldRule): FieldDeclaration<Accepted> {
  if (rule.as !== undefined) assertPropertyName(rule.as);
  const decorate = (_target: unknown, context: FieldContext<unknown, unknown>) => {
    declareField(metadataFrom(context), { source: sourceFrom(context, rule), rule });
  };
  return Object.assign(decorate, { rule }) as FieldDeclaration<Accepted>;
}

function sourceFrom(context: FieldContext<unknown, unknown>, rule: FieldRule): string {
  if (context.static || context.private || typeof context.name === 'symbol') {
    throw new ConfigError(
      'FIELD_UNSUPPORTED',
      'Only public instance fields with string names can carry a rule; #private, static and symbol fields never leave.',
    );
  }
  if (rule.as === undefined && rule.conversion !== 'forbidden') assertPropertyName(context.name);
  return context.name;
}

function metadataFrom(context: unknown): SchemaMetadata {
  if (typeof context !== 'object' || context === null || !('kind' in context)) {
    throw new ConfigError(
      'DECORATORS_EXPERIMENTAL',
      "This class was compiled with TypeScript's `experimentalDecorators`; Sotto's decorators are standard ones. Remove the option from tsconfig.json, or declare the event with defineEvent(), which needs no decorators.",
    );
  }
  const { metadata } = context as { metadata?: SchemaMetadata };
  if (!metadata) {
    throw new ConfigError(
      'DECORATORS_NO_METADATA',
      'This compiler emits decorators without `context.metadata`. Use TypeScript ≥ 5.2, esbuild ≥ 0.21 or swc, import sotto before the class is defined, or use defineEvent().',
    );
  }
  return metadata;
}
