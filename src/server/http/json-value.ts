/** Anything `JSON.parse` can return. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** A JSON object, as opposed to an array or `null`. */
export type JsonObject = { readonly [key: string]: JsonValue };

/** Whether a parsed JSON value is an object. Only meaningful for what `JSON.parse` returned. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Whether a parsed JSON value fits in `levels` levels of nesting: a scalar needs none, `{}` and `[]` need one.
 * Visits each value once and never recurses deeper than `levels`.
 */
export function isNestedWithin(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((member) => isNestedWithin(member, levels - 1));
}
