import { countCodePoints } from '../conversions/text-count.js';
import { type JsonValue, type MutableJsonObject, normalizeZero, toUtcText } from '../json.js';
import { type Kind, kindOf } from '../kind.js';
import { descend, markTruncated, type SerializationContext, takeNode, withoutTexts } from './context.js';
import { isCredentialKey, isIdentifyingKey } from './identifying-key.js';
import { reduceInstance } from './instance.js';
import { modelOf } from './model.js';
import { isLabelLike, toPayloadKey } from './safe-text.js';

const MAX_KEYS = 100;
const MAX_MEMBERS = 100;

/** A longer integer is an identifier or a key, and printing it takes time that nobody has set a bound to. */
const MAX_INTEGER = 10n ** 40n;

/**
 * The one rule for payloads that nobody declared.
 *
 * - under a key that names something identifying (`userId`, `apiKey`, `path`), the value becomes a keyed hash
 * - numbers and booleans pass; `NaN` and infinities become null, bigints strings, dates ISO strings in UTC
 * - a string passes if it looks like a label, otherwise its length in code points takes its place
 * - schema classes anywhere inside follow their own rules, under whatever key; no redacted text is added
 * - in a pair of a name and a value (`['password', …]`), the value of a credential becomes a keyed hash too
 * - arrays and sets become arrays, records and maps objects; anything else is dropped and counted
 *
 * @remarks Depth, keys, members and the number of values are bounded. `toJSON` is never called. A payload whose own keys are
 *   not names, such as bytes or a boxed string, is dropped as a whole.
 */
export function toAutomaticPayload(payload: object, context: SerializationContext): MutableJsonObject {
  return descend(context, payload, () => payloadToJson(payload, context)) ?? {};
}

function payloadToJson(payload: object, context: SerializationContext): MutableJsonObject | undefined {
  switch (kindOf(payload)) {
    case 'map':
      return mapToJson(payload as Map<unknown, unknown>, context);
    case 'record':
    case 'instance':
      return propertiesToJson(payload, Object.keys(payload), context);
    case 'array':
      return propertiesToJson(payload, firstIndexes(payload as readonly unknown[]), context);
    // Each letter and each byte would be a property.
    default:
      return drop(context);
  }
}

/** Of a long array the list of all keys would take longer than what is done with the first of them. */
const firstIndexes = ({ length }: readonly unknown[]) =>
  Array.from({ length: Math.min(length, MAX_KEYS + 1) }, (_, index) => String(index));

/** The same rule for some properties of an object. */
export function toAutomaticProperties(
  source: object,
  keys: readonly string[],
  context: SerializationContext,
): MutableJsonObject {
  return descend(context, source, () => propertiesToJson(source, keys, context)) ?? {};
}

function toJson(value: unknown, context: SerializationContext): JsonValue | undefined {
  if (!takeNode(context)) return undefined;
  const kind = kindOf(value);
  switch (kind) {
    case 'nullish':
      return value === null ? null : undefined;
    case 'boolean':
      return value as boolean;
    case 'number':
      return Number.isFinite(value) ? normalizeZero(value as number) : null;
    case 'string':
      return toLabelOrLength(value as string);
    case 'bigint':
      return isShort(value as bigint) ? toLabelOrLength(String(value)) : drop(context);
    case 'date':
      return toUtcText(value as Date);
    case 'symbol':
    case 'function':
    case 'bytes':
      return drop(context);
    default:
      return descend(context, value as object, () => toNestedJson(value as object, kind, context));
  }
}

/** A value that throws on being looked at costs itself only. */
function tryToJson(value: unknown, context: SerializationContext): JsonValue | undefined {
  try {
    return toJson(value, context);
  } catch {
    context.countDrop('field_unreadable');
    return undefined;
  }
}

function toLabelOrLength(text: string): JsonValue {
  return isLabelLike(text) ? text : countCodePoints(text);
}

const isShort = (integer: bigint) => integer < MAX_INTEGER && integer > -MAX_INTEGER;

function drop(context: SerializationContext): undefined {
  context.countDrop('value_unsupported');
  return undefined;
}

function toNestedJson(
  value: object,
  kind: Extract<Kind, 'array' | 'set' | 'map' | 'iterable' | 'record' | 'instance'>,
  context: SerializationContext,
): JsonValue | undefined {
  const model = modelOf(value);
  if (model) return withoutTexts(context, () => reduceInstance(model, value, context));
  switch (kind) {
    case 'array':
      return isCredentialPair(value)
        ? toHashedPair(value, context)
        : toJsonArray(value as unknown[], context);
    case 'set':
      return toJsonArray(value as Iterable<unknown>, context);
    case 'map':
      return mapToJson(value as Map<unknown, unknown>, context);
    case 'record':
      return propertiesToJson(value, Object.keys(value), context);
    case 'iterable': // Often pairs of names and values, as in `Headers`: the names would go unseen.
    case 'instance':
      return drop(context);
    default:
      return kind satisfies never;
  }
}

/** As query strings, headers and forms are often kept: `[['password', '…'], …]`. */
function isCredentialPair(value: unknown): value is [string, unknown] {
  const [name, held] = value as [unknown, unknown];
  return (
    (value as unknown[]).length === 2 &&
    typeof name === 'string' &&
    (typeof held === 'string' || typeof held === 'number') &&
    isCredentialKey(name)
  );
}

function toHashedPair([name, held]: [string, unknown], context: SerializationContext): JsonValue {
  return [toLabelOrLength(name), toHashOrNull(held, name, context) ?? null];
}

function toJsonArray(members: Iterable<unknown>, context: SerializationContext): JsonValue[] {
  const array: JsonValue[] = [];
  for (const member of members) {
    if (array.length === MAX_MEMBERS || context.nodesLeft === 0) {
      markTruncated(context);
      break;
    }
    const json = tryToJson(member, context);
    if (json !== undefined) array.push(json);
  }
  return array;
}

function mapToJson(map: ReadonlyMap<unknown, unknown>, context: SerializationContext): MutableJsonObject {
  return toJsonObject(map.keys(), (key) => map.get(key), context);
}

function propertiesToJson(
  owner: object,
  keys: readonly string[],
  context: SerializationContext,
): MutableJsonObject {
  return toJsonObject(keys, (key) => Reflect.get(owner, key), context);
}

function toJsonObject<Key>(
  keys: Iterable<Key>,
  read: (key: Key) => unknown,
  context: SerializationContext,
): MutableJsonObject {
  const object: MutableJsonObject = {};
  let taken = 0;
  for (const key of keys) {
    if (taken === MAX_KEYS || context.nodesLeft === 0) {
      markTruncated(context);
      break;
    }
    taken += 1;
    try {
      writeEntry(object, key, read(key), context);
    } catch {
      context.countDrop('field_unreadable');
    }
  }
  return object;
}

function writeEntry(
  object: MutableJsonObject,
  key: unknown,
  value: unknown,
  context: SerializationContext,
): void {
  const name = toPayloadKey(key);
  if (name === undefined) {
    drop(context);
    return;
  }
  const json =
    isIdentifyingKey(name, value) && !isModelled(value)
      ? toHashOrNull(value, name, context)
      : toJson(value, context);
  if (json !== undefined) object[name] = json;
}

/** What a maker decided about a class is better than what a key's name suggests. */
function isModelled(value: unknown): boolean {
  return typeof value === 'object' && value !== null && modelOf(value) !== undefined;
}

function toHashOrNull(value: unknown, name: string, context: SerializationContext): JsonValue | undefined {
  if (value === null || value === undefined) return null;
  return takeNode(context) ? context.hash(value, name.toLowerCase(), 'installation') : undefined;
}
