import type { IdentifiableKind } from '../finding.js';
import { isInAuthority, matchEnd } from '../matching.js';
import type { Rule } from '../rule.js';
import { Trait } from '../traits.js';
import { type KeyMeaning, meaningOfKey } from './key-name.js';
import { createValueReader, type Value } from './value.js';
import { isNoSecret, isProse, looksRandom } from './value-judgement.js';

const MAX_KEY = 64;
/** As much of a value as is looked at to tell whether it is a secret; what goes is always all of it. */
const MAX_JUDGED = 64;
/** The word in a key that makes it worth reading; the rest of the key is found from there. */
const STEM =
  /pass(?:w(?:or)?d|wort|phrase|code)?|pwd|secret|token|key|auth|cred|cookie|sess|sid|jwt|otp|sig|\bpat\b|user|login|logname|owner|account|host_?name|(?:computer|machine|device)_?name/gi;
const REST_OF_KEY = /[\w.-]{0,48}/y;
/** `=`, `:`, `=>`, `:=`, `==`, `!==`, after the quote or bracket that ends the key. */
const SEPARATOR = /\\{0,3}["'`]?\]?[ \t]{0,24}(?::=|=>|[=!]==?|=|%3D|:(?![:/]))[ \t]{0,24}/iy;
/** `PWD` is a password in a connection string and the working folder in a shell. */
const WORKING_FOLDER = /^(?:OLD)?PWD$/;
const FOLDER = /^(?:[/~]|[A-Za-z]:[\\/])/;
const KIND: Readonly<Record<KeyMeaning, IdentifiableKind>> = {
  secret: 'secret',
  token: 'secret',
  user: 'user',
  host: 'host',
};

/** The values of pairs whose key speaks of a secret, a user or a machine, in every style of quoting. */
export const keyValue: Rule = {
  name: 'key-value',
  kind: 'secret',
  needs: Trait.letter,
  find(text, claim) {
    const readValue = createValueReader(text);
    STEM.lastIndex = 0;
    for (let stem = STEM.exec(text); stem !== null; stem = STEM.exec(text)) {
      const keyEnd = matchEnd(REST_OF_KEY, text, STEM.lastIndex) ?? STEM.lastIndex;
      STEM.lastIndex = keyEnd;
      const valueStart = matchEnd(SEPARATOR, text, keyEnd);
      if (valueStart === undefined) continue;
      STEM.lastIndex = valueStart;

      const key = text.slice(keyStart(text, stem.index), keyEnd);
      const meaning = meaningOfKey(key);
      const value = meaning && readValue(valueStart);
      if (meaning === undefined || value === undefined) continue;
      if (!isHeld(key, meaning, value, text, valueStart)) continue;
      claim(value.start, value.end, KIND[meaning]);
      STEM.lastIndex = value.end;
    }
  },
};

function isHeld(key: string, meaning: KeyMeaning, value: Value, text: string, valueStart: number): boolean {
  const held = text.slice(value.start, Math.min(value.end, value.start + MAX_JUDGED)).trim();
  if (isNoSecret(held)) return false;
  if (WORKING_FOLDER.test(key) && FOLDER.test(held)) return false;

  const afterColon = /:[ \t]*$/.test(text.slice(valueStart - 2, valueStart));
  if (afterColon && isInAuthority(text, valueStart)) return false;
  if (afterColon && !value.quoted && isProse(held, text.slice(value.end, value.end + 2))) return false;
  return meaning !== 'token' || looksRandom(held);
}

function keyStart(text: string, stem: number): number {
  let start = stem;
  while (start > 0 && stem - start < MAX_KEY && /[\w.-]/.test(text[start - 1]!)) start -= 1;
  return start;
}
