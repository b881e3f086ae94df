/** The Unicode code points of a text, `"👩‍👩‍👧"` being five; 0 for anything that is no string. A lone surrogate counts as one. */
export function toTextCount(value: unknown): number {
  return typeof value === 'string' ? countCodePoints(value) : 0;
}

/** `[...text].length` without building the array: a ten-megabyte text must not cost memory. */
export function countCodePoints(text: string): number {
  // Hardly any text has one, and the engine knows at once that a text of Latin letters has none.
  const firstPair = text.search(HIGH_SURROGATE);
  if (firstPair < 0) return text.length;
  let count = text.length;
  for (let index = firstPair + 1; index < text.length; index += 1) {
    if (isLowSurrogate(text.charCodeAt(index)) && isHighSurrogate(text.charCodeAt(index - 1))) count -= 1;
  }
  return count;
}

/** The first `limit` code points of a text; never half a surrogate pair. */
export function cutCodePoints(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = 0;
  for (let taken = 0; taken < limit && end < text.length; taken += 1) {
    const isPair = isHighSurrogate(text.charCodeAt(end)) && isLowSurrogate(text.charCodeAt(end + 1));
    end += isPair ? 2 : 1;
  }
  return text.slice(0, end);
}

const HIGH_SURROGATE = /[\ud800-\udbff]/;
const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;
const isLowSurrogate = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;
