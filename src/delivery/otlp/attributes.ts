import type { JsonObject, JsonValue } from '../../privacy/index.js';
import { ATTRIBUTE_NAMES, NO_ATTRIBUTES, OF_RESOURCE } from './properties.js';

/** Integers beyond this have no integer value in OTLP, and are written as text: the rule of OpenTelemetry's mapping. */
const MAX_INT64 = 2 ** 63;

/** The attributes that properties come to, under OpenTelemetry's names where it has them; in the order of the properties. */
export function toAttributes(properties: JsonObject, of: keyof typeof NO_ATTRIBUTES): JsonObject {
  const names: Readonly<Record<string, string>> = ATTRIBUTE_NAMES[of];
  const attributes = Object.entries(properties)
    .filter(([name]) => !NO_ATTRIBUTES[of].has(name) && !isOfResource(name, properties[name]))
    .map(([name, value]) => [names[name] ?? name, toAttributeValue(value)] as const);
  return Object.fromEntries(attributes);
}

/** The part of the properties that is said for the resource. */
export function toResourceAttributes(properties: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(properties).filter(([name, value]) => isOfResource(name, value)));
}

/** What a program said itself under such a name may be anything; the context of the machine is texts. */
const isOfResource = (name: string, value: JsonValue | undefined) =>
  typeof value === 'string' && OF_RESOURCE.has(name);

function toAttributeValue(value: JsonValue): JsonValue {
  if (typeof value === 'number') return toNumberValue(value);
  if (Array.isArray(value)) return value.map(toAttributeValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, toAttributeValue(inside)]));
}

const toNumberValue = (value: number): number | string =>
  Number.isInteger(value) && Math.abs(value) >= MAX_INT64 ? BigInt(value).toString() : value;
