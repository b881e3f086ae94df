import type { MutableJsonObject } from '../json.js';
import {
  type EventDeclaration,
  eventOf,
  fieldsOf,
  isSchemaMetadata,
  metadataOf,
  type SchemaMetadata,
  uncheckedOf,
} from '../schema/metadata.js';
import type { FieldRule } from '../schema/rule.js';
import type { SerializationContext } from './context.js';
import { createWriteField, type WriteField } from './write-field.js';

/** A class's decisions, compiled: everything that does not depend on a particular object is settled here. */
export interface SchemaModel {
  readonly schema: object;
  readonly event: EventDeclaration | undefined;
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
  readonly name: string;
  readonly write: WriteField;
}

/** By prototype; null: looked up, and no schema class. */
const models = new WeakMap<object, SchemaModel | null>();

/** The model of an object's class; undefined when that class declares nothing. */
export function modelOf(value: object): SchemaModel | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typeof prototype !== 'object' || prototype === null) return undefined;
  const known = models.get(prototype);
  if (known !== undefined) return known ?? undefined;
  const schema: unknown = Object.hasOwn(prototype, 'constructor') ? prototype.constructor : undefined;
  const model = typeof schema === 'function' ? compile(schema) : undefined;
  models.set(prototype, model ?? null);
  return model;
}

/** The model of a class itself; undefined when it declares nothing. */
export function modelOfSchema(schema: object): SchemaModel | undefined {
  const prototype: unknown = Reflect.get(schema, 'prototype');
  if (typeof prototype !== 'object' || prototype === null) return undefined;
  const known = models.get(prototype);
  if (known) return known;
  const model = compile(schema);
  if (model) models.set(prototype, model);
  return model;
}

/** Compile again at the next use: the class was given rules after it was first looked at. */
export function forgetModel(schema: { readonly prototype: unknown }): void {
  models.delete(schema.prototype as object);
}

function compile(schema: object): SchemaModel | undefined {
  const metadata = metadataOf(schema);
  return isSchemaMetadata(metadata) ? compileMetadata(schema, metadata) : undefined;
}

function compileMetadata(schema: object, metadata: SchemaMetadata): SchemaModel {
  const rules = new Map<string, FieldRule>();
  const sources = new Map<string, FieldRule>();
  const fields: CompiledField[] = [];
  for (const { source, rule } of fieldsOf(metadata)) {
    const name = rule.as ?? source;
    sources.set(source, rule);
    rules.set(name, rule);
    if (rule.conversion !== 'forbidden') fields.push({ source, name, write: createWriteField(rule, name) });
  }
  return { schema, event: eventOf(metadata), rules, sources, unchecked: uncheckedOf(metadata), fields };
}

/**
 * The declared fields of an object, each reduced by its rule, in the order of declaration. Reads nothing else of it.
 *
 * @param only - when given, just the properties of these names
 * @remarks A field whose reading throws is left out and counted; the error is not looked at.
 */
export function writeFields(
  model: SchemaModel,
  source: object,
  context: SerializationContext,
  only?: ReadonlyMap<string, unknown>,
): MutableJsonObject {
  const payload: MutableJsonObject = {};
  for (const field of model.fields) {
    if (only && !only.has(field.name)) continue;
    try {
      field.write(payload, (source as Record<string, unknown>)[field.source], context);
    } catch {
      context.countDrop('field_unreadable');
    }
  }
  return payload;
}
