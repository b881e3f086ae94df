import type { JsonValue } from '../json.js';
import { type Kind, kindOf, membersOf } from '../kind.js';
import { propertyNameOf, redactedNameOf } from '../schema/property-names.js';
import type { Conversion, SchemaReference } from '../schema/rule.js';
import { descend, markTruncated, type SerializationContext, takeNode } from './context.js';
import { reduceInstance } from './instance.js';
import { modelOf, modelOfSchema, type SchemaModel } from './model.js';

const COLLECTIONS: ReadonlySet<Kind> = new Set(['array', 'set', 'map', 'iterable']);

/**
 * Objects of a declared schema class, each by its own rules: one object, or an array of those in a collection. Members
 * that are no objects are dropped and counted; a map's keys are content that nobody declared, so only its values leave.
 */
export function toNested(
  value: unknown,
  reference: SchemaReference,
  context: SerializationContext,
): JsonValue | undefined {
  if (value === undefined || value === null) return value;
  const declared = modelOfSchema(reference());
  if (!declared) {
    context.countDrop('field_undeclared');
    return undefined;
  }
  const kind = kindOf(value);
  const members = COLLECTIONS.has(kind) ? membersOf(value, kind, () => markTruncated(context)) : undefined;
  return members ? toArray(members, declared, context) : toObject(value, declared, context);
}

function toArray(
  members: Iterable<unknown>,
  declared: SchemaModel,
  context: SerializationContext,
): JsonValue[] {
  const array: JsonValue[] = [];
  for (const member of members) {
    if (context.nodesLeft === 0) {
      markTruncated(context);
      break;
    }
    const json = tryToObject(member, declared, context);
    if (json !== undefined) array.push(json);
  }
  return array;
}

/** A member that throws on being looked at costs itself only. */
function tryToObject(
  member: unknown,
  declared: SchemaModel,
  context: SerializationContext,
): JsonValue | undefined {
  try {
    return toObject(member, declared, context);
  } catch {
    context.countDrop('field_unreadable');
    return undefined;
  }
}

function toObject(
  member: unknown,
  declared: SchemaModel,
  context: SerializationContext,
): JsonValue | undefined {
  if (!takeNode(context)) return undefined;
  if (typeof member !== 'object' || member === null || Array.isArray(member)) {
    context.countDrop('field_invalid');
    return undefined;
  }
  const model = strictest(member, declared);
  const only =
    model === declared ? undefined : { has: (source: string) => isToldOf(source, model, declared) };
  return descend(context, member, () => reduceInstance(model, member, context, only));
}

/** A subclass may be stricter than the class that was declared; it may not add to it. */
function strictest(member: object, declared: SchemaModel): SchemaModel {
  const own = modelOf(member);
  const isSubclass = own && Object.prototype.isPrototypeOf.call(declared.schema, own.schema);
  return isSubclass ? own : declared;
}

/**
 * Does a subclass say of a field, under the same names, no more than the class that was declared? Nothing else of it leaves here:
 * people are told, and asked, by the declared one.
 */
function isToldOf(source: string, own: SchemaModel, declared: SchemaModel): boolean {
  const [rule, parent] = [own.sources.get(source), declared.sources.get(source)];
  if (!rule || !parent || propertyNameOf(source, rule) !== propertyNameOf(source, parent)) return false;
  if (rule.conversion !== parent.conversion) return isToldBy(parent.conversion, rule.conversion);
  if (rule.conversion === 'nested') return rule.schema() === (parent as typeof rule).schema();
  const redactedName = redactedNameOf(source, rule);
  return redactedName === undefined || redactedName === redactedNameOf(source, parent);
}

/** A number of members, a length or a hash tells of anything, and a closed list lets nothing else pass. */
const isToldBy = (parent: Conversion, own: Conversion): boolean =>
  own === 'boolean' || (own === 'count' && parent !== 'plain');
