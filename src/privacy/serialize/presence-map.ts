import { toPresence } from '../conversions/boolean.js';
import type { MutableJsonObject } from '../json.js';
import { kindOf } from '../kind.js';
import { markTruncated, type SerializationContext } from './context.js';
import { isSafeKey } from './safe-text.js';

const MAX_KEYS = 100;

/** Name → whether there is something in it, for a record or map; undefined for anything else. */
export function toPresenceMap(value: unknown, context: SerializationContext): MutableJsonObject | undefined {
  const kind = kindOf(value);
  if (kind !== 'record' && kind !== 'map') return undefined;
  const entries = kind === 'map' ? [...(value as Map<unknown, unknown>)] : Object.entries(value as object);
  if (entries.length > MAX_KEYS) markTruncated(context);
  const presence: MutableJsonObject = {};
  for (const [key, member] of entries.slice(0, MAX_KEYS)) {
    if (isSafeKey(key)) presence[key] = toPresence(member);
    else context.countDrop('value_unsupported');
  }
  return presence;
}
