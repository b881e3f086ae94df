/** What may stand in a payload: JSON and nothing else. */
export type JsonScalar = string | number | boolean | null;
export type JsonValue = JsonScalar | readonly JsonValue[] | JsonObject;
export type JsonObject = { readonly [key: string]: JsonValue };

/** A JSON object under construction. Becomes a {@link JsonObject} once it is handed out. */
export type MutableJsonObject = { [key: string]: JsonValue };

/** Set an own property whatever the key is called: a plain assignment to `__proto__` would change the prototype. */
export function setOwn(target: MutableJsonObject, key: string, value: JsonValue): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[key] = value;
  }
}

/** JSON has no negative zero: `-0` prints as `0`, so the two must be one before anything compares or hashes them. */
export function normalizeZero(value: number): number {
  return value === 0 ? 0 : value;
}

/** Round half away from zero to a number of decimals; the shortest double that prints so. */
export function roundTo(value: number, decimals: number): number {
  const shifted = Math.round(shiftPoint(Math.abs(value), decimals));
  const rounded = Math.sign(value) * shiftPoint(shifted, -decimals);
  return Number.isFinite(rounded) ? normalizeZero(rounded) : value;
}

/** Times a power of ten, in decimal notation: `1.005 * 100` is 100.49999999999999, `1.005e2` is 100.5. */
function shiftPoint(value: number, places: number): number {
  const [digits, exponent = '0'] = String(value).split('e');
  return Number(`${digits}e${Number(exponent) + places}`);
}

/** The instant as UTC text, `2026-11-21T08:30:00.000Z`; null when the date is invalid. A subclass has no say in it. */
export function toUtcText(date: Date): string | null {
  const instant = new Date(date.getTime());
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}
