import { ConfigError } from '../../internal/index.js';
import type { FieldDeclaration } from './declaration.js';
import { type FieldRule, isAtLeastAsStrict } from './rule.js';

// Node 20 to 24 have decorators by compilation but no `Symbol.metadata`; compiled classes look it up when they are
// defined, so it must exist before the first decorated class does.
(Symbol as { metadata?: symbol }).metadata ??= Symbol.for('Symbol.metadata');

/** One declared field: where it is read and what becomes of it. */
export interface DeclaredField {
  readonly source: string;
  readonly rule: FieldRule;
}

/** What `@event` says of a class. */
export interface EventDeclaration {
  readonly name: string;
  /** The name on the wire is `<app>_<name>`. */
  readonly isPrefixed: boolean;
  readonly undeclared: 'drop' | 'plain';
  readonly handler: PayloadHandler | undefined;
}

/**
 * A maker's last word on a payload: returns what should leave instead. It can only narrow: keys that were not there, and
 * values outside what their rule could have produced, are refused.
 */
export type PayloadHandler = (payload: Record<string, unknown>) => Record<string, unknown>;

const FIELDS = Symbol.for('sotto.fields');
const EVENT = Symbol.for('sotto.event');
const UNCHECKED = Symbol.for('sotto.unchecked');

/** The metadata object of a class: one per class, its prototype being the parent's, so nothing is ever shared. */
export type SchemaMetadata = Record<symbol, unknown>;

/** The metadata of a class, its own or inherited; undefined when neither it nor a parent declares anything. */
export function metadataOf(schema: object): SchemaMetadata | undefined {
  return (schema as { [Symbol.metadata]?: SchemaMetadata | null })[Symbol.metadata] ?? undefined;
}

/** The class's own metadata object, made when it has none: for classes declared without decorators. */
export function ownMetadataOf(schema: object): SchemaMetadata {
  if (!Object.hasOwn(schema, Symbol.metadata)) {
    const value: unknown = Object.create(metadataOf(schema) ?? null);
    Object.defineProperty(schema, Symbol.metadata, { value, configurable: true });
  }
  return metadataOf(schema) as SchemaMetadata;
}

/**
 * Record a field's rule.
 *
 * @throws {ConfigError} `FIELD_DUPLICATE` when the class decides twice about a field, `FIELD_WEAKENED` when the rule tells
 *   more than the one inherited
 */
export function declareField(metadata: SchemaMetadata, field: DeclaredField): void {
  const own = ownFields(metadata);
  if (own.has(field.source)) {
    throw new ConfigError(
      'FIELD_DUPLICATE',
      `Field \`${field.source}\` has two rules; keep the stricter one.`,
    );
  }
  const inherited = fieldsOf(Object.getPrototypeOf(metadata) as SchemaMetadata | null).find(
    ({ source }) => source === field.source,
  );
  if (inherited && !isAtLeastAsStrict(field.rule, inherited.rule)) {
    throw new ConfigError(
      'FIELD_WEAKENED',
      `Field \`${field.source}\` is \`${inherited.rule.conversion}\` in the parent class; \`${field.rule.conversion}\` as declared ` +
        'here would tell more. A subclass can only be stricter: choose a narrower rule, or give the field another name.',
    );
  }
  own.set(field.source, field.rule);
}

/** Every field of a class, the parents' first; a redeclared field keeps its place and takes the stricter rule. */
export function fieldsOf(metadata: SchemaMetadata | null): readonly DeclaredField[] {
  const rules = new Map<string, FieldRule>();
  for (const level of lineage(metadata)) {
    if (!Object.hasOwn(level, FIELDS)) continue;
    for (const [source, rule] of ownFields(level)) rules.set(source, inheritName(rule, rules.get(source)));
  }
  return [...rules].map(([source, rule]) => ({ source, rule }));
}

export function declareEvent(metadata: SchemaMetadata, event: EventDeclaration): void {
  metadata[EVENT] = event;
}

export function eventOf(metadata: SchemaMetadata | undefined): EventDeclaration | undefined {
  return metadata?.[EVENT] as EventDeclaration | undefined;
}

/** Fields whose existence no compiler checked; looked for at the first serialization. */
export function declareUnchecked(metadata: SchemaMetadata, sources: readonly string[]): void {
  metadata[UNCHECKED] = sources;
}

export function uncheckedOf(metadata: SchemaMetadata): readonly string[] {
  return (metadata[UNCHECKED] as readonly string[] | undefined) ?? [];
}

/** Does a class declare fields or an event, itself or through a parent? */
export function isSchemaMetadata(metadata: SchemaMetadata | undefined): metadata is SchemaMetadata {
  return metadata !== undefined && (FIELDS in metadata || EVENT in metadata);
}

export function isFieldDeclaration(value: unknown): value is FieldDeclaration<unknown> {
  return typeof value === 'function' && 'rule' in value;
}

function ownFields(metadata: SchemaMetadata): Map<string, FieldRule> {
  if (!Object.hasOwn(metadata, FIELDS)) metadata[FIELDS] = new Map<string, FieldRule>();
  return metadata[FIELDS] as Map<string, FieldRule>;
}

/** Root first. */
function lineage(metadata: SchemaMetadata | null): SchemaMetadata[] {
  const levels: SchemaMetadata[] = [];
  for (let level = metadata; level; level = Object.getPrototypeOf(level) as SchemaMetadata | null)
    levels.unshift(level);
  return levels;
}

function inheritName(rule: FieldRule, inherited: FieldRule | undefined): FieldRule {
  return rule.as === undefined && inherited?.as !== undefined ? { ...rule, as: inherited.as } : rule;
}
