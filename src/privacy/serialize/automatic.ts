import { countCodePoints } from '../conversions/text-count.js';
import { type JsonValue, type MutableJsonObject, normalizeZero, setOwn } from '../json.js';
import { type Kind, kindOf } from '../kind.js';
import { redactIdentifiableInfo } from '../scrubber/index.js';
import { descend, markTruncated, type SerializationContext, takeNode } from './context.js';
import { isIdentifyingKey } from './identifying-key.js';
import { modelOf, writeFields } from './model.js';
import { isLabelLike } from './safe-text.js';

const MAX_KEYS = 100;
const MAX_MEMBERS = 100;
const MAX_KEY_LENGTH = 100;

/**
 * The one rule for payloads that nobody declared.
 *
 * - under a key that names something identifying (`userId`, `apiKey`, `path`), the value becomes a keyed hash
 * - numbers and booleans pass; `NaN` and infinities become null, bigints strings, dates ISO strings
 * - a string passes if it looks like a label, otherwise its length in code points takes its place
 * - schema classes anywhere inside follow their own rules
 * - arrays and sets become arrays, records and maps objects; anything else is dropped and counted
 *
 * @remarks Depth, keys, members and the number of values are bounded. `toJSON` is never called.
 */
export function toAutomaticPayload(payload: object, context: SerializationContext): MutableJsonObject {
  const kind = kindOf(payload);
  const entries = kind === 'map' ? (payload as Map<unknown, unknown>) : ownEntries(payload, context);
  return toJsonObject(entries, payload, context, new Set());
}

function toJson(
  value: unknown,
  context: SerializationContext,
  ancestors: Set<object>,
): JsonValue | undefined {
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
      return toLabelOrLength(String(value));
    case 'date':
      return Number.isNaN((value as Date).getTime()) ? null : (value as Date).toISOString();
    case 'symbol':
    case 'function':
    case 'bytes':
      return drop(context);
    default:
      return toNestedJson(value as object, kind, context, ancestors);
  }
}

function toLabelOrLength(text: string): JsonValue {
  return isLabelLike(text) ? text : countCodePoints(text);
}

function drop(context: SerializationContext): undefined {
  context.countDrop('value_unsupported');
  return undefined;
}

function toNestedJson(
  value: object,
  kind: Extract<Kind, 'array' | 'set' | 'map' | 'iterable' | 'record' | 'instance'>,
  context: SerializationContext,
  ancestors: Set<object>,
): JsonValue | undefined {
  if (ancestors.has(value)) return drop(context);
  ancestors.add(value);
  const json = descend(context, () => {
    const model = modelOf(value);
    if (model) return writeFields(model, value, context);
    switch (kind) {
      case 'array':
      case 'set':
      case 'iterable':
        return toJsonArray(value as Iterable<unknown>, context, ancestors);
      case 'map':
        return toJsonObject(value as Map<unknown, unknown>, value, context, ancestors);
      case 'record':
        return toJsonObject(ownEntries(value, context), value, context, ancestors);
      case 'instance':
        return drop(context);
      default:
        return kind satisfies never;
    }
  });
  ancestors.delete(value);
  return json;
}

function toJsonArray(
  members: Iterable<unknown>,
  context: SerializationContext,
  ancestors: Set<object>,
): JsonValue[] {
  const array: JsonValue[] = [];
  for (const member of members) {
    if (array.length === MAX_MEMBERS) {
      markTruncated(context);
      break;
    }
    const json = toJson(member, context, ancestors);
    if (json !== undefined) array.push(json);
    if (context.nodesLeft === 0) break;
  }
  return array;
}

function toJsonObject(
  entries: Iterable<readonly [unknown, unknown]>,
  owner: object,
  context: SerializationContext,
  ancestors: Set<object>,
): MutableJsonObject {
  const object: MutableJsonObject = {};
  let keys = 0;
  ancestors.add(owner);
  for (const [key, value] of entries) {
    if (keys === MAX_KEYS || context.nodesLeft === 0) {
      markTruncated(context);
      break;
    }
    keys += 1;
    writeEntry(object, key, value, context, ancestors);
  }
  return object;
}

function writeEntry(
  object: MutableJsonObject,
  key: unknown,
  value: unknown,
  context: SerializationContext,
  ancestors: Set<object>,
): void {
  const name = toKey(key);
  if (name === undefined) {
    context.countDrop('value_unsupported');
    return;
  }
  try {
    const json = isIdentifyingKey(name, value)
      ? toHashOrNull(value, name, context)
      : toJson(value, context, ancestors);
    if (json !== undefined) setOwn(object, name, json);
  } catch {
    context.countDrop('field_unreadable');
  }
}

/** Keys are content: scrubbed, without white space, and without the `$` that PostHog gives a meaning. */
function toKey(key: unknown): string | undefined {
  if (typeof key !== 'string' && typeof key !== 'number') return undefined;
  const text = String(key);
  if (text === '' || text.length > MAX_KEY_LENGTH || text.startsWith('$')) return undefined;
  const scrubbed = redactIdentifiableInfo(text);
  return /\s/.test(scrubbed) ? undefined : scrubbed;
}

function toHashOrNull(value: unknown, name: string, context: SerializationContext): JsonValue {
  return value === null || value === undefined
    ? null
    : context.hash(value, name.toLowerCase(), 'installation');
}

/** Own enumerable entries, read one at a time: a getter that throws costs its own value only. */
function* ownEntries(
  value: object,
  context: SerializationContext,
): Generator<readonly [string, unknown], void, undefined> {
  for (const key of Object.keys(value)) {
    try {
      yield [key, Reflect.get(value, key)];
    } catch {
      context.countDrop('field_unreadable');
    }
  }
}
