import type { IdentifiableKind } from '../finding.js';
import { isGenericName } from '../generic-names.js';
import { isInAuthority, matchEnd } from '../matching.js';
import type { Claim, Rule } from '../rule.js';
import { Trait } from '../traits.js';
import { type KeyMeaning, meaningOfKey } from './key-name.js';
import { createValueReader, type Value, type ValueReader } from './value.js';
import { isNoSecret, isProse, looksRandom } from './value-judgement.js';

const MAX_KEY = 64;
const MAX_SPACES = 24;
/** As much of a value as is looked at to tell whether it is a secret; what goes is always all of it. */
const MAX_JUDGED = 64;
const COLON = ':'.charCodeAt(0);
const SLASH = '/'.charCodeAt(0);
const BACKSLASH = '\\'.charCodeAt(0);
const CLOSING_BRACKET = ']'.charCodeAt(0);
/** `%3D` and `%3A`. */
const ENCODED_LENGTH = 3;
/** What is left of `:=`, `=>`, `==`, `===` behind their first character, and the blanks before the value. */
const REST_OF_SEPARATOR = /[=>]{0,2}[ \t]{0,24}/y;
const SCHEME = /(?:bearer|basic|token)(?:%20|\+|\s)/iy;
/** `PWD` is a password in a connection string and the working folder in a shell. */
const WORKING_FOLDER = /^(?:OLD)?PWD$/;
const FOLDER = /^(?:[/~]|[A-Za-z]:[\\/])/;

export const KIND_OF_VALUE: Readonly<Record<KeyMeaning, IdentifiableKind>> = {
  secret: 'secret',
  token: 'secret',
  user: 'user',
  host: 'host',
};

/** The values of pairs whose key speaks of a secret, a user or a machine, in every style of quoting. */
export const keyValue: Rule = {
  name: 'key-value',
  kind: 'secret',
  needs: Trait.pairMark,
  find(text, claim) {
    let reader: ValueReader | undefined;
    const readValue: ValueReader = (from) => {
      reader ??= createValueReader(text);
      return reader(from);
    };
    let equals = text.indexOf('=');
    let colon = text.indexOf(':');
    let encoded = text.indexOf('%3');
    for (let mark = 0; ; ) {
      if (equals >= 0 && equals < mark) equals = text.indexOf('=', mark);
      if (colon >= 0 && colon < mark) colon = text.indexOf(':', mark);
      if (encoded >= 0 && encoded < mark) encoded = text.indexOf('%3', mark);
      const next = firstOf(firstOf(equals, colon), encoded);
      if (next < 0) return;
      mark = next + (next === encoded ? ENCODED_LENGTH : 1);
      if (next === colon && isNoSeparator(text, mark)) mark += 1;
      else mark = claimValue(text, next, mark, readValue, claim) ?? mark;
    }
  },
};

/** The lower of two places in a text, of which -1 is none. */
function firstOf(a: number, b: number): number {
  return a < 0 || (b >= 0 && b < a) ? b : a;
}

/** `::` and `://`. */
function isNoSeparator(text: string, behind: number): boolean {
  if (behind >= text.length) return false;
  const next = text.charCodeAt(behind);
  return next === COLON || next === SLASH;
}

/** Claim the value of the pair whose separator stands from `mark` to `separatorEnd`; returns its end if there is one. */
function claimValue(
  text: string,
  mark: number,
  separatorEnd: number,
  readValue: ValueReader,
  claim: Claim,
): number | undefined {
  const key = keyBefore(text, mark);
  const meaning = hasLetter(key) ? meaningOfKey(key) : undefined;
  if (meaning === undefined) return undefined;

  const valueStart = matchEnd(REST_OF_SEPARATOR, text, separatorEnd) ?? separatorEnd;
  const value = withoutScheme(text, readValue(valueStart));
  if (value === undefined || !isHeld(key, meaning, value, text, valueStart)) return undefined;
  claim(value.start, value.end, KIND_OF_VALUE[meaning]);
  return value.end;
}

function isHeld(key: string, meaning: KeyMeaning, value: Value, text: string, valueStart: number): boolean {
  const held = text.slice(value.start, Math.min(value.end, value.start + MAX_JUDGED)).trim();
  if (meaning === 'token' && !looksRandom(held)) return false;
  if (isNoSecret(held)) return false;
  if (meaning === 'user' && isGenericName(held)) return false;
  if (/authorization$/i.test(key) && !value.quoted && text[value.end] === ' ') return false;
  if (WORKING_FOLDER.test(key) && FOLDER.test(held)) return false;

  const afterColon = /:[ \t]*$/.test(text.slice(Math.max(0, valueStart - 2), valueStart));
  if (afterColon && isInAuthority(text, valueStart)) return false;
  if (afterColon && !value.quoted && isProse(held, text.slice(value.end, value.end + 2))) return false;
  return true;
}

/** `Bearer%20…` in a form: the scheme stays, as it does in a header. */
function withoutScheme(text: string, value: Value | undefined): Value | undefined {
  const start = value && matchEnd(SCHEME, text, value.start);
  if (value === undefined || start === undefined) return value;
  return start < value.end ? { ...value, start } : undefined;
}

/** The key that ends at a separator, without the quotes or brackets around it; empty if there is none. */
function keyBefore(text: string, mark: number): string {
  let end = mark;
  while (end > 0 && mark - end < 2 && isDoubled(text.charCodeAt(end - 1))) end -= 1;
  while (end > 0 && mark - end < MAX_SPACES && isBlank(text.charCodeAt(end - 1))) end -= 1;
  if (end > 0 && text.charCodeAt(end - 1) === CLOSING_BRACKET) end -= 1;
  if (end > 0 && isQuote(text.charCodeAt(end - 1))) end -= 1;
  for (let escapes = 0; escapes < 3 && end > 0 && text.charCodeAt(end - 1) === BACKSLASH; escapes += 1)
    end -= 1;

  let start = end;
  while (start > 0 && end - start < MAX_KEY && isOfKey(text.charCodeAt(start - 1))) start -= 1;
  return text.slice(start, end);
}

/** Times, ports and lines have colons too. A key that begins or ends in a digit and has a letter somewhere is rare. */
const hasLetter = (key: string): boolean =>
  key.length > 1 && !(isDigit(key.charCodeAt(0)) && isDigit(key.charCodeAt(key.length - 1)));
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
/** Before `=`: `!=` and `:=`. */
const isDoubled = (code: number): boolean => code === 33 || code === COLON;
const isQuote = (code: number): boolean => code === 34 || code === 39 || code === 96;
const isBlank = (code: number): boolean => code === 32 || code === 9;

/** Letters, digits, `_`, `.`, `-` and `$`. */
function isOfKey(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 46 ||
    code === 45 ||
    code === 36
  );
}
