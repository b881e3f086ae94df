import type { Finding } from './finding.js';
import { moved } from './spans.js';

/** A text as it looks: without what is invisible, and in ASCII where a character is another form of one that is. */
export interface Folded {
  readonly text: string;
  /** A finding in the folded text, where it stands in the text that was folded. */
  toOriginal(finding: Finding): Finding;
}

/** Soft hyphens, zero-width spaces and joiners, marks of direction, variation selectors, the byte order mark. */
const INVISIBLE = '\\p{Default_Ignorable_Code_Point}';
/** Full-width forms, and the mathematical, enclosed and super- or subscript letters and digits. */
const OTHER_FORM =
  '[\\u00b2\\u00b3\\u00b9\\u2070-\\u208e\\u2460-\\u249b\\u24b6-\\u24e9\\u3000\\ufe50-\\ufe6b\\uff01-\\uff5e\\u{1d400}-\\u{1d7ff}]';
/** The plain form of `⒇` is `(20)`. */
const LONGEST_PLAIN = 4;
/** So many arguments a call takes on every machine. */
const UNITS_AT_ONCE = 4_096;
/** Characters whose plain form is remembered while a text is folded. */
const MAX_KNOWN = 1_024;
/** Made when the first text beyond ASCII is seen. */
let patterns:
  | { readonly foldable: RegExp; readonly invisible: RegExp; readonly otherForm: RegExp }
  | undefined;

function compile() {
  patterns ??= {
    foldable: new RegExp(`${INVISIBLE}|${OTHER_FORM}`, 'u'),
    invisible: new RegExp(INVISIBLE, 'u'),
    otherForm: new RegExp(OTHER_FORM, 'u'),
  };
  return patterns;
}

/**
 * Undo what keeps a text from being recognised while it reads the same: invisible characters inside an address or a
 * token, full-width digits and signs, letters from the mathematical alphabets.
 *
 * @returns undefined when there is nothing to fold
 * @remarks Not covered: letters of other scripts that look like Latin ones, and text in pictures or in other encodings.
 */
export function fold(text: string): Folded | undefined {
  if (!compile().foldable.test(text)) return undefined;
  // Not a text and an array that grow by a character: of a megabyte those would be a hundred of garbage.
  const units = new Uint16Array(text.length * LONGEST_PLAIN);
  /** Where each UTF-16 unit of the folded text begins in the original. */
  const starts = new Uint32Array(units.length);
  let length = 0;
  /** A text has few different ones. */
  const plains = new Map<string, string>();
  let index = 0;
  for (const character of text) {
    let plain = plains.get(character);
    if (plain === undefined) {
      plain = toPlain(character);
      if (plains.size < MAX_KNOWN) plains.set(character, plain);
    }
    for (let unit = 0; unit < plain.length; unit += 1) {
      units[length] = plain.charCodeAt(unit);
      starts[length] = index;
      length += 1;
    }
    index += character.length;
  }
  const folded = toText(units.subarray(0, length));
  if (folded === text) return undefined;
  return {
    text: folded,
    toOriginal: (finding) => moved(finding, starts[finding.start]!, endOf(starts, finding.end, text)),
  };
}

function toText(units: Uint16Array): string {
  let text = '';
  for (let at = 0; at < units.length; at += UNITS_AT_ONCE)
    text += String.fromCharCode(...units.subarray(at, at + UNITS_AT_ONCE));
  return text;
}

function toPlain(character: string): string {
  if (character < '\u0080') return character;
  const { invisible, otherForm } = compile();
  if (invisible.test(character)) return '';
  if (!otherForm.test(character)) return character;
  const plain = character.normalize('NFKC');
  return /^[\x20-\x7e]+$/.test(plain) && plain.length <= LONGEST_PLAIN ? plain : character;
}

/** Invisible characters behind the last one that was found go with it only if more of the text follows unseen. */
function endOf(starts: Uint32Array, end: number, text: string): number {
  const last = starts[end - 1]!;
  const width = text.codePointAt(last)! > 0xffff ? 2 : 1;
  return last + width;
}
