/** A JSON object of which nothing is known. */
export type Found = Readonly<Record<string, unknown>>;

/** @returns undefined for what is no JSON, or no object. Never throws */
export function parseObject(text: string): Found | undefined {
  try {
    return toObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export const toObject = (found: unknown): Found | undefined =>
  typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Found) : undefined;

const NAME = /^[\x21-\x7e]{1,64}$/;

/** Could it be a name that privacy let through? */
export const isName = (found: unknown): found is string => typeof found === 'string' && NAME.test(found);

export const isCount = (found: unknown): found is number =>
  Number.isSafeInteger(found) && (found as number) >= 0;

/** @returns milliseconds since 1970; undefined for what is no time */
export function parseTime(found: unknown): number | undefined {
  const timeMs = typeof found === 'string' ? Date.parse(found) : Number.NaN;
  return Number.isNaN(timeMs) ? undefined : timeMs;
}
