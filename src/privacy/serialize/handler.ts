import { isDeepStrictEqual } from 'node:util';
import { callHost } from '../../internal/index.js';
import { OTHER } from '../conversions/distribution.js';
import { type JsonValue, type MutableJsonObject, setOwn } from '../json.js';
import type { PayloadHandler } from '../schema/metadata.js';
import type { FieldRule } from '../schema/rule.js';
import type { SerializationContext } from './context.js';
import type { SchemaModel } from './model.js';

/**
 * Let the maker's handlers narrow a payload, the parent class's first. Each sees a copy. Properties it leaves out are
 * dropped; a property that was not there, or a value its rule could not have produced, is refused and counted. If it
 * throws or returns no object, the payload stays as it was.
 */
export function narrowByHandlers(
  payload: MutableJsonObject,
  model: SchemaModel,
  context: SerializationContext,
): MutableJsonObject {
  let narrowed = payload;
  for (const handler of model.event?.handlers ?? []) {
    const proposed = callHandler(handler, narrowed, context);
    if (proposed) narrowed = acceptAll(proposed, narrowed, model, context);
  }
  return narrowed;
}

function acceptAll(
  proposed: Record<string, unknown>,
  payload: MutableJsonObject,
  model: SchemaModel,
  context: SerializationContext,
): MutableJsonObject {
  const narrowed: MutableJsonObject = {};
  for (const [name, value] of Object.entries(proposed)) {
    const original = Object.hasOwn(payload, name) ? payload[name] : undefined;
    const accepted = original === undefined ? undefined : accept(model.rules.get(name), original, value);
    if (accepted === undefined) context.countDrop('handler_refused');
    else narrowed[name] = accepted;
  }
  return narrowed;
}

function callHandler(
  handler: PayloadHandler,
  payload: MutableJsonObject,
  context: SerializationContext,
): Record<string, unknown> | undefined {
  try {
    const proposed: unknown = callHost(() => handler(structuredClone(payload)));
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
      return copyDistribution(proposed, rule.labels);
    case 'plain':
      return rule.domain.encode(proposed);
    default:
      // A hash, a redacted text or a nested object can only be kept or left out.
      return undefined;
  }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** A new object: what the handler made may have getters or a `toJSON` that say something else when it is sent. */
function copyDistribution(proposed: unknown, labels: ReadonlySet<string>): MutableJsonObject | undefined {
  if (typeof proposed !== 'object' || proposed === null) return undefined;
  const copy: MutableJsonObject = {};
  for (const [label, count] of Object.entries(proposed)) {
    if (!isCount(count) || !(labels.has(label) || label === OTHER)) return undefined;
    setOwn(copy, label, count);
  }
  return copy;
}
