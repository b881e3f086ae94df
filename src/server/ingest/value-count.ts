const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const OPEN_BRACE = 0x7b;

/**
 * Whether a JSON text opens more objects and lists, and separates more members, than `limit`. As a value of a few bytes takes a
 * hundred in memory, this is looked at before the text is parsed. What stands within strings is not counted.
 *
 * @param bytes - in UTF-8; of any other bytes the answer means nothing
 */
export function hasMoreValuesThan(limit: number, bytes: Uint8Array): boolean {
  // Each of them has a byte of its own.
  if (bytes.length <= limit) return false;
  let count = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) at = findEndOfString(bytes, at + 1);
    else if (byte === COMMA || byte === OPEN_BRACKET || byte === OPEN_BRACE) count += 1;
    if (count > limit) return true;
  }
  return false;
}

/** @returns where the closing quote is, or the end of what there is */
function findEndOfString(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}
