import type { JsonObject } from './json.js';
import { mergeProperties } from './merge-properties.js';
import type { SanitizedEvent, WireEvent } from './sanitized-event.js';

/** An event as a store gives it back: nothing of it is relied on. */
export type StoredEvent = Readonly<
  Record<'uuid' | 'event' | 'distinct_id' | 'timestamp' | 'properties', unknown>
>;

const NOTHING = mergeProperties();
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MAX_TEXT_LENGTH = 200;
/** Deeper than any event that was made here. What is deeper still could not be written out again. */
const MAX_DEPTH = 32;

/**
 * Take back an event that this door made earlier, and that was kept meanwhile where only its user can write.
 *
 * @param stored - `timestamp` as `2026-11-21T08:30:00.000Z`, `properties` as JSON, with what a sink had added
 * @returns undefined for anything that this door and a store could not have made of an event. Never throws
 * @remarks Looks at shapes only: what stands in the properties was reduced when the event was made, and is not reduced again.
 */
export function restoreEvent(stored: StoredEvent): SanitizedEvent | undefined {
  const { uuid, event, distinct_id, timestamp, properties } = stored;
  const timestampMs = parseTime(timestamp);
  if (!isUuid(uuid) || !isShortText(event) || !isShortText(distinct_id)) return undefined;
  if (timestampMs === undefined || !isJsonObject(properties, MAX_DEPTH)) return undefined;
  const restored: WireEvent = {
    uuid,
    event,
    distinctId: distinct_id,
    timestampMs,
    properties,
    common: NOTHING,
    isComplete: true,
  };
  return Object.freeze(restored) as SanitizedEvent;
}

/** Only as it is written here, so that it leaves as the same text. */
function parseTime(text: unknown): number | undefined {
  const timeMs = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(timeMs) || new Date(timeMs).toISOString() !== text ? undefined : timeMs;
}

const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);

const isShortText = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= MAX_TEXT_LENGTH;

function isJsonObject(value: unknown, depth: number): value is JsonObject {
  return isPlainObject(value) && Object.values(value).every((inside) => isJson(inside, depth - 1));
}

function isJson(value: unknown, depth: number): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (depth <= 0) return false;
  return Array.isArray(value)
    ? value.every((inside) => isJson(inside, depth - 1))
    : isJsonObject(value, depth);
}

/** As `JSON.parse` makes them. */
const isPlainObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
