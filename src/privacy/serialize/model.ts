import type { MutableJsonObject } from '../json.js';
import {
  type EventDeclaration,
  eventOf,
  fieldsOf,
  isDeclared,
  isNamed,
  type Lineage,
  lineageOfClass,
  uncheckedOf,
} from '../schema/metadata.js';
import { propertyNameOf } from '../schema/property-names.js';
import type { FieldRule } from '../schema/rule.js';
import { toExpiryMs } from '../schema/stewardship.js';
import type { SerializationContext } from './context.js';
import { createWriteField, type WriteField } from './write-field.js';

/** A class's decisions, compiled: everything that does not depend on a particular object is settled here. */
export interface SchemaModel {
  readonly schema: object;
  readonly event: EventDeclaration | undefined;
  /** Whether it is listed where nobody lists classes: it has a name of its own, or adds nothing to a class that has. */
  readonly isNamed: boolean;
  /** When its event is no longer collected, in milliseconds since 1970; `Infinity` for never. */
  readonly expiryMs: number;
  /** Every rule by the name of the property that leaves. */
  readonly rules: ReadonlyMap<string, FieldRule>;
  /** Every rule by the name of the field it is read from, `forbidden` ones included. */
  readonly sources: ReadonlyMap<string, FieldRule>;
  /** Fields declared without a compiler's help, to look for at the first serialization. */
  readonly unchecked: readonly string[];
  readonly fields: readonly CompiledField[];
}

export interface CompiledField {
  readonly source: string;
  /** The property that leaves. */
  readonly name: string;
  /** When it is no longer collected, in milliseconds since 1970; `Infinity` for never. */
  readonly expiryMs: number;
  readonly write: WriteField;
}

/** By prototype. Classes that declare nothing are not remembered: they may be given rules later. */
let models = new WeakMap<object, SchemaModel>();
/** What {@link DECLARED} counted when they were begun. */
let modelsAreOf = 0;

const DECLARED = Symbol.for('sotto.declaredClasses');

interface Declared {
  /** Of prototypes that do not name their class: `Foo.prototype = { … }` and `Object.create(Foo.prototype)` make such. */
  readonly classes: WeakMap<object, object>;
  /** How often a class that may have been compiled was given rules. */
  changes: number;
}

/** On the process: rules that are declared by one copy of this package count in every other. */
const shared = globalThis as { [DECLARED]?: Declared };
shared[DECLARED] ??= { classes: new WeakMap(), changes: 0 };
const declared = shared[DECLARED];

/** The model of an object's class, its nearest one that declares anything; undefined when none does. */
export function modelOf(value: object): SchemaModel | undefined {
  const prototype = prototypeOf(value);
  const known = prototype && currentModels().get(prototype);
  if (known) return known;
  for (let level = prototype; level; level = prototypeOf(level)) {
    const schema = classOf(level);
    const model = schema && compile(schema, level);
    if (model) return model;
  }
  return undefined;
}

/** Whether it is of an event that is no longer collected, under whatever name. @param nowMs - since 1970 */
export function isExpired({ expiryMs }: SchemaModel, nowMs: number): boolean {
  return nowMs >= expiryMs;
}

/** Know a class by its prototype, whatever that says of its constructor. */
export function rememberClass(schema: { readonly prototype: unknown }): void {
  if (typeof schema.prototype === 'object' && schema.prototype !== null)
    declared.classes.set(schema.prototype, schema);
}

function classOf(prototype: object): object | undefined {
  const remembered = declared.classes.get(prototype);
  if (remembered) return remembered;
  const schema: unknown = Object.hasOwn(prototype, 'constructor') ? prototype.constructor : undefined;
  return typeof schema === 'function' ? schema : undefined;
}

function prototypeOf(value: object): object | undefined {
  return (Object.getPrototypeOf(value) as object | null) ?? undefined;
}

/** The model of a class itself; undefined when it declares nothing. */
export function modelOfSchema(schema: object): SchemaModel | undefined {
  const prototype: unknown = Reflect.get(schema, 'prototype');
  if (typeof prototype !== 'object' || prototype === null) return undefined;
  return currentModels().get(prototype) ?? compile(schema, prototype);
}

/** Compile every class again at its next use: one of them, a parent of others perhaps, was given rules. */
export function forgetModels(): void {
  declared.changes += 1;
}

function currentModels(): WeakMap<object, SchemaModel> {
  if (modelsAreOf !== declared.changes) {
    models = new WeakMap();
    modelsAreOf = declared.changes;
  }
  return models;
}

function compile(schema: object, prototype: object): SchemaModel | undefined {
  const lineage = lineageOfClass(schema);
  if (!isDeclared(lineage)) return undefined;
  const model = compileLineage(schema, lineage);
  currentModels().set(prototype, model);
  return model;
}

function compileLineage(schema: object, lineage: Lineage): SchemaModel {
  const rules = new Map<string, FieldRule>();
  const sources = new Map<string, FieldRule>();
  const fields: CompiledField[] = [];
  for (const { source, rule } of fieldsOf(lineage)) {
    sources.set(source, rule);
    const name = propertyNameOf(source, rule);
    rules.set(name, rule);
    if (rule.conversion === 'forbidden') continue;
    const expiryMs = toExpiryMs(rule.stewardship.expires);
    fields.push({ source, name, expiryMs, write: createWriteField(rule, source) });
  }
  const event = eventOf(lineage);
  return {
    schema,
    event,
    isNamed: isNamed(lineage),
    expiryMs: toExpiryMs(event?.stewardship.expires),
    rules,
    sources,
    unchecked: uncheckedOf(lineage),
    fields,
  };
}

/**
 * The declared fields of an object, each reduced by its rule, in the order of declaration. Reads nothing else of it.
 *
 * @param only - when given, just the fields of these sources
 * @remarks A field whose reading throws is left out and counted; the error is not looked at.
 */
export function writeFields(
  model: SchemaModel,
  source: object,
  context: SerializationContext,
  only?: Pick<ReadonlySet<string>, 'has'>,
): MutableJsonObject {
  const payload: MutableJsonObject = {};
  for (const field of model.fields) {
    if (only && !only.has(field.source)) continue;
    if (isWithheld(field, context)) continue;
    try {
      field.write(payload, (source as Record<string, unknown>)[field.source], context);
    } catch {
      context.countDrop('field_unreadable');
    }
  }
  return payload;
}

/** A field that may not leave is not even read. */
function isWithheld(
  { name, expiryMs }: CompiledField,
  { nowMs, held, countDrop }: SerializationContext,
): boolean {
  const isOver = nowMs >= expiryMs;
  if (!isOver && held?.get(name) !== 'all') return false;
  countDrop(isOver ? 'field_expired' : 'field_held_back');
  return true;
}
