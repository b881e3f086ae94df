import { type FieldRule, inheritRule } from './rule.js';
import type { Stewardship } from './stewardship.js';

// Node 20 to 24 have decorators by compilation but no `Symbol.metadata`; compiled classes look it up when they are
// defined, so it must exist before the first decorated class does.
(Symbol as { metadata?: symbol }).metadata ??= Symbol.for('Symbol.metadata');

/** One declared field: where it is read and what becomes of it. */
export interface DeclaredField {
  readonly source: string;
  readonly rule: FieldRule;
}

/** What an event tells of, and so which part of consent it needs: of use, of an error, of a crash. */
export type EventKind = 'usage' | 'error' | 'crash';

/** What `@event` says of a class. */
export interface EventDeclaration {
  readonly name: string;
  /** The name on the wire is `<app>_<name>`. */
  readonly isPrefixed: boolean;
  /** What stands between the app and the name. */
  readonly separator: '_' | '.';
  readonly kind: EventKind;
  readonly undeclared: 'drop' | 'plain';
  readonly stewardship: Stewardship;
  /** The parents' first. */
  readonly handlers: readonly PayloadHandler[];
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

/** Metadata objects of a class and its parents, root first. */
export type Lineage = readonly SchemaMetadata[];

/** The class's own metadata object, made when it has none: for classes declared without decorators. */
export function ownMetadataOf(schema: object): SchemaMetadata {
  if (!Object.hasOwn(schema, Symbol.metadata)) {
    const value: unknown = Object.create(metadataOf(schema) ?? null);
    Object.defineProperty(schema, Symbol.metadata, { value, configurable: true });
  }
  return metadataOf(schema) as SchemaMetadata;
}

/** While a class is being defined there is only its metadata object: follow the prototypes of that. */
export function lineageOfMetadata(metadata: SchemaMetadata | null): Lineage {
  const lineage: SchemaMetadata[] = [];
  for (let level = metadata; level; level = Object.getPrototypeOf(level) as SchemaMetadata | null)
    lineage.unshift(level);
  return lineage;
}

/** Follows the classes themselves: a parent may be given its metadata object after the subclass was defined. */
export function lineageOfClass(schema: object): Lineage {
  if (!metadataOf(schema)) return [];
  const lineage: SchemaMetadata[] = [];
  for (let level: object | null = schema; level; level = Object.getPrototypeOf(level) as object | null)
    if (Object.hasOwn(level, Symbol.metadata)) lineage.unshift(metadataOf(level) as SchemaMetadata);
  return lineage;
}

/** Is anything declared? Other packages' decorators have metadata objects too. */
export function isDeclared(lineage: Lineage): boolean {
  return lineage.some((level) => Object.hasOwn(level, FIELDS) || Object.hasOwn(level, EVENT));
}

/** Every field of a class, the parents' first; a redeclared field keeps its place and takes the stricter rule. */
export function fieldsOf(lineage: Lineage): readonly DeclaredField[] {
  const rules = new Map<string, FieldRule>();
  for (const level of lineage) {
    if (!Object.hasOwn(level, FIELDS)) continue;
    for (const [source, rule] of ownFieldsOf(level)) rules.set(source, inheritRule(rule, rules.get(source)));
  }
  return [...rules].map(([source, rule]) => ({ source, rule }));
}

/** What the class, or the nearest parent that is an event, says of itself as an event. */
export function eventOf(lineage: Lineage): EventDeclaration | undefined {
  return lineage.findLast((level) => Object.hasOwn(level, EVENT))?.[EVENT] as EventDeclaration | undefined;
}

/** Whether the class itself is named as an event, and not only a parent of it. */
export function isNamed(lineage: Lineage): boolean {
  const own = lineage.at(-1);
  return own !== undefined && Object.hasOwn(own, EVENT);
}

/** Fields whose existence no compiler checked; looked for at the first serialization. */
export function uncheckedOf(lineage: Lineage): readonly string[] {
  return lineage.flatMap(ownUncheckedOf);
}

export function ownFieldsOf(metadata: SchemaMetadata): Map<string, FieldRule> {
  if (!Object.hasOwn(metadata, FIELDS)) metadata[FIELDS] = new Map<string, FieldRule>();
  return metadata[FIELDS] as Map<string, FieldRule>;
}

export function setEvent(metadata: SchemaMetadata, event: EventDeclaration): void {
  metadata[EVENT] = event;
}

export function addUnchecked(metadata: SchemaMetadata, sources: readonly string[]): void {
  metadata[UNCHECKED] = [...ownUncheckedOf(metadata), ...sources];
}

function ownUncheckedOf(metadata: SchemaMetadata): readonly string[] {
  return Object.hasOwn(metadata, UNCHECKED) ? (metadata[UNCHECKED] as readonly string[]) : [];
}

/** Its own or inherited; undefined when neither the class nor a parent has any. */
function metadataOf(schema: object): SchemaMetadata | undefined {
  return (schema as { [Symbol.metadata]?: SchemaMetadata | null })[Symbol.metadata] ?? undefined;
}
