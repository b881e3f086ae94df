import type { Claim, Rule } from '../../rule.js';
import { Trait } from '../../traits.js';

/** Letters, digits, and the marks that base64 and prefixes bring along. */
const OF_WORD = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+/-') {
  OF_WORD[character.charCodeAt(0)] = 1;
}
/** What integrity attributes and images are named by. Digests tell nothing about anybody. */
const DIGEST = /^(?:sha(?:1|224|256|384|512)|md5|h1)[-:]|^[0-9a-f]+$|^[0-9A-F]+$/;
const SLASH = 47;
const MIN_MIXED = 26;
const MIN_LOWER = 32;

/**
 * What no rule knows the vendor of, and nobody would have typed: letters of both cases and digits in no order over at
 * least 26 characters, or lower-case letters beyond hexadecimal and digits in no order over at least 32.
 */
export const randomToken: Rule = {
  name: 'random-token',
  kind: 'token',
  needs: Trait.veryLongWord | Trait.someDigits,
  find(text, claim) {
    const table = OF_WORD;
    const { length } = text;
    let start = 0;
    for (let index = 0; index <= length; index += 1) {
      const code = index < length ? text.charCodeAt(index) : 0;
      if (code < 128 && table[code] === 1) continue;
      if (index - start >= MIN_MIXED) claimRandomParts(text, start, index, claim);
      start = index + 1;
    }
  },
};

/** A slash parts a path, or belongs to base64, which a plus shows. */
function claimRandomParts(text: string, start: number, end: number, claim: Claim): void {
  const plus = text.indexOf('+', start);
  if (plus >= 0 && plus < end) {
    const word = text.slice(start, end);
    const plain = word.replace(/[+/]/g, '');
    if (isAnyRandom(plain, 0, plain.length) && !DIGEST.test(word)) claim(start, end);
    return;
  }
  let partStart = start;
  for (let index = start; index <= end; index += 1) {
    if (index < end && text.charCodeAt(index) !== SLASH) continue;
    if (isAnyRandom(text, partStart, index) && !DIGEST.test(text.slice(start, end))) claim(partStart, index);
    partStart = index + 1;
  }
}

/**
 * Whether a piece between two of the marks that join the prefix of a token and the words of a name is random. How often the
 * kind of character changes tells random text from names in camel case, which change at their words.
 */
function isAnyRandom(text: string, start: number, end: number): boolean {
  if (end - start < MIN_MIXED) return false;
  let length = 0;
  let digits = 0;
  let upper = 0;
  let beyondHex = 0;
  let changes = 0;
  let last = 0;
  for (let index = start; index < end; index += 1) {
    const code = text.charCodeAt(index);
    const kind = code < 48 || code === 95 ? 0 : code < 58 ? 1 : code < 91 ? 2 : 3;
    if (kind === 0) {
      if (isRandom(length, digits, upper, beyondHex, changes)) return true;
      length = digits = upper = beyondHex = changes = last = 0;
      continue;
    }
    length += 1;
    if (kind === 1) digits += 1;
    else if (kind === 2) upper += 1;
    else if (code > 102) beyondHex += 1;
    if (kind !== last) changes += 1;
    last = kind;
  }
  return isRandom(length, digits, upper, beyondHex, changes);
}

function isRandom(
  length: number,
  digits: number,
  upper: number,
  beyondHex: number,
  changes: number,
): boolean {
  if (length < MIN_MIXED) return false;
  const lower = length - digits - upper;
  if (upper >= 3 && lower >= 3) return digits >= 3 && changes >= length * 0.45;
  return length >= MIN_LOWER && upper < 3 && beyondHex >= 4 && digits >= 5 && changes >= length * 0.25;
}
