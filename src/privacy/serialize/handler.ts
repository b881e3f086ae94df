import { isDeepStrictEqual } from 'node:util';
import { OTHER } from '../conversions/distribution.js';
import type { JsonValue, MutableJsonObject } from '../json.js';
import type { PayloadHandler } from '../schema/metadata.js';
import type { FieldRule } from '../schema/rule.js';
import type { SerializationContext } from './context.js';
import type { SchemaModel } from './model.js';

/**
 * Let the maker's handler narrow a payload. It sees a copy. Properties it leaves out are dropped; a property that was
 * not there, or a value its rule could not have produced, is refused and counted. If it throws or returns no object,
 * the payload stays as the conversions made it.
 */
export function narrowByHandler(
  payload: MutableJsonObject,
  handler: PayloadHandler,
  model: SchemaModel,
  context: SerializationContext,
): MutableJsonObject {
  const proposed = callHandler(handler, payload, context);
  if (!proposed) return payload;
  const narrowed: MutableJsonObject = {};
  for (const [name, original] of Object.entries(payload)) {
    if (!Object.hasOwn(proposed, name)) continue;
    const value = accept(model.rules.get(name), original, proposed[name]);
    if (value === undefined) context.countDrop('handler_refused');
    else narrowed[name] = value;
  }
  for (const name of Object.keys(proposed))
    if (!Object.hasOwn(payload, name)) context.countDrop('handler_refused');
  return narrowed;
}

function callHandler(
  handler: PayloadHandler,
  payload: MutableJsonObject,
  context: SerializationContext,
): Record<string, unknown> | undefined {
  try {
    const proposed: unknown = handler(structuredClone(payload));
    if (typeof proposed === 'object' && proposed !== null) return { ...proposed } as Record<string, unknown>;
  } catch {
    // Told apart from a refusal only by the count: the error may hold anything.
  }
  context.countDrop('handler_failed');
  return undefined;
}

/** What leaves for a property the handler proposed; undefined when its rule could not have produced that. */
function accept(rule: FieldRule | undefined, original: JsonValue, proposed: unknown): JsonValue | undefined {
  if (proposed === null) return null;
  if (isDeepStrictEqual(proposed, original)) return original;
  switch (rule?.conversion) {
    case 'boolean':
      return typeof proposed === 'boolean' ? proposed : undefined;
    case 'count':
    case 'text_count':
      return isCount(proposed) ? proposed : undefined;
    case 'aggregate':
      return typeof proposed === 'number' && Number.isFinite(proposed) ? proposed : undefined;
    case 'distribution':
      return isDistribution(proposed, rule.labels) ? proposed : undefined;
    case 'plain':
      return rule.domain.encode(proposed);
    default:
      // A hash, a redacted text or a nested object can only be kept or left out.
      return undefined;
  }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function isDistribution(value: unknown, labels: ReadonlySet<string>): value is MutableJsonObject {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).every(
    ([label, count]) => (labels.has(label) || label === OTHER) && isCount(count),
  );
}
