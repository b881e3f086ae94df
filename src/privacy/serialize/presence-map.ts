import { toPresence } from '../conversions/boolean.js';
import type { MutableJsonObject } from '../json.js';
import { kindOf } from '../kind.js';
import { markTruncated, type SerializationContext } from './context.js';
import { isSafeKey } from './safe-text.js';

const MAX_KEYS = 100;

/** Name → whether there is something in it, for a record or map; undefined for anything else. */
export function toPresenceMap(value: unknown, context: SerializationContext): MutableJsonObject | undefined {
  const kind = kindOf(value);
  if (kind === 'record') {
    return presenceOf(Object.keys(value as object), (key) => Reflect.get(value as object, key), context);
  }
  if (kind !== 'map') return undefined;
  const map = value as Map<unknown, unknown>;
  return presenceOf(map.keys(), (key) => map.get(key), context);
}

function presenceOf(
  keys: Iterable<unknown>,
  read: (key: string) => unknown,
  context: SerializationContext,
): MutableJsonObject {
  const presence: MutableJsonObject = {};
  let taken = 0;
  for (const key of keys) {
    if (taken === MAX_KEYS) {
      markTruncated(context);
      break;
    }
    taken += 1;
    if (isSafeKey(key)) writePresence(presence, key, read, context);
    else context.countDrop('value_unsupported');
  }
  return presence;
}

/** A getter that throws costs its own name only. */
function writePresence(
  presence: MutableJsonObject,
  key: string,
  read: (key: string) => unknown,
  context: SerializationContext,
): void {
  try {
    presence[key] = toPresence(read(key));
  } catch {
    context.countDrop('field_unreadable');
  }
}
