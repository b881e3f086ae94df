// A string, and whether it is a key. Strings are taken one after the other, so that what stands in one is not looked at.
const STRINGS = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g;

/**
 * Whether an object of a JSON text holds a key twice that matters. The second silences the first, unseen.
 *
 * @throws `SyntaxError` for what is no JSON
 */
export function hasTwinKeys(text: string, matters: (key: string) => boolean): boolean {
  let kept = 0;
  JSON.parse(text, (key, value) => {
    if (matters(key)) kept += 1;
    return value;
  });
  let written = 0;
  for (const [match, colon] of text.matchAll(STRINGS)) {
    if (colon === undefined) continue;
    if (matters(JSON.parse(match.slice(0, -colon.length)))) written += 1;
  }
  return written > kept;
}
