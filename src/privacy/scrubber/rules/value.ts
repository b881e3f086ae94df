import { matchEnd } from '../matching.js';

/** A value in a text, without its quotes. `quoted` values may hold spaces. */
export interface Value {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

/** Given where a value begins, returns it, or undefined if there is none. */
export type ValueReader = (from: number) => Value | undefined;

const MAX_QUOTED = 4096;
const OPENING = /\\{0,3}["'`]/y;
/**
 * Up to white space or a quote, or to a separator that another pair follows: `&b=`, `;Pooling=`, `, `, `</td>`, and
 * the escapes of a text within a string, such as `\n`.
 */
const UNQUOTED =
  /(?:[^\s"'`&;,<\\]|&(?![\w.%-]{1,64}=)|;(?!\s|$|[A-Za-z][\w ]{0,40}=)|,(?!\s|$|\w{1,40}[=:]|["'])|<(?![/A-Za-z])|\\(?![nrt"']))+/y;

/**
 * A reader of the values of one text: given where a value begins, it returns the value, in quotes (plain or escaped)
 * or without, or `undefined` if there is none. Closing brackets and punctuation behind an unquoted value are not part
 * of it. Asked for ascending places, it reads no stretch of unquoted text twice.
 */
export function createValueReader(text: string): ValueReader {
  let unquotedEnd = 0;

  const readUnquoted = (start: number): Value | undefined => {
    if (start >= unquotedEnd) unquotedEnd = matchEnd(UNQUOTED, text, start) ?? start;
    let end = unquotedEnd;
    while (end > start && ',;.:)]}>'.includes(text[end - 1]!)) end -= 1;
    return end > start ? { start, end, quoted: false } : undefined;
  };

  return (from) => {
    const start = matchEnd(OPENING, text, from);
    if (start === undefined) return readUnquoted(from);
    const end = closingQuote(text, start, text.slice(from, start));
    if (end === undefined) return readUnquoted(start);
    return end > start ? { start, end, quoted: true } : undefined;
  };
}

/** The index of the quote that closes a value, on the same line, behind as many backslashes as the one that opened it. */
function closingQuote(text: string, start: number, opening: string): number | undefined {
  const limit = Math.min(text.length, start + MAX_QUOTED);
  const mark = opening.at(-1)!;
  let backslashes = 0;
  for (let index = start; index < limit; index += 1) {
    const character = text[index]!;
    if (character === '\n') return undefined;
    if (character === mark && backslashes < opening.length) return index - backslashes;
    backslashes = character === '\\' ? backslashes + 1 : 0;
  }
  return undefined;
}
