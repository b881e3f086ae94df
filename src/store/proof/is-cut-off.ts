const STARTS = [
  '{"session_id":"',
  '{"recorded_at":"',
  '{"sent_at":"',
  '{"dropped_at":"',
  '{"flags_asked_at":"',
];
/** What ends a text that was cut within, or after, a token, before its brackets are closed. */
const TEXT_ENDS = ['', '"', '\\"', '"', '0"', '00"', '000"', '0000"', 'u0000"'];
const WORD_ENDS = ['rue', 'ue', 'e', 'alse', 'lse', 'se', 'ull', 'll', 'l'];
const VALUE_ENDS = ['', ':0', '0', '"":0', ...WORD_ENDS];
const HASH = /^[0-9a-f]{0,64}$/;

/**
 * Is it the beginning of a line, and no whole one, as a process leaves it that is killed while it writes, or a disk that is full?
 *
 * @param bytes - of a line that cannot be read, without newline
 * @remarks A line that was changed is hardly ever one: its text would have to be valid up to its end.
 */
export function isCutOff(bytes: Uint8Array): boolean {
  const text = decode(bytes);
  if (text === undefined || !STARTS.some((start) => text.startsWith(start) || start.startsWith(text)))
    return false;
  const completed = complete(text);
  if (completed === undefined) return false;
  const { hash } = completed as { readonly hash?: unknown };
  return typeof hash !== 'string' || HASH.test(hash);
}

/** It may have been cut within a character. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

/** An object that begins with the text; undefined when there is none. */
function complete(text: string): object | undefined {
  const brackets = openBrackets(text);
  if (brackets === '') return undefined;
  for (const textEnd of TEXT_ENDS)
    for (const valueEnd of VALUE_ENDS) {
      const found = parse(text + textEnd + valueEnd + brackets);
      if (found) return found;
    }
  return undefined;
}

/** What closes the brackets that are open at its end. */
function openBrackets(text: string): string {
  const closing: string[] = [];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*(?:"|$)|[[\]{}]/gs)) {
    if (token === '{') closing.unshift('}');
    else if (token === '[') closing.unshift(']');
    else if (token === '}' || token === ']') closing.shift();
  }
  return closing.join('');
}

function parse(text: string): object | undefined {
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}
