import { PLACEHOLDERS } from '../scrubber/index.js';
import { namesPlace } from '../serialize/names-place.js';
import { isAlsoName } from './code-words.js';
import { toErrorName } from './error-name.js';
import { isCodeInWords, isSystemCode } from './known-codes.js';
import { JOINED, TECHNICAL_NAMES } from './message-words.js';
import { afterComma, afterUnknownWord, isText, readKnownWord, type Slot } from './slot.js';
import { isKnownWord } from './vocabulary.js';

/** Where in a message a word stands. */
export interface WordPlace {
  readonly slot: Slot;
  /** Whether a sentence begins with it. */
  readonly isFirst: boolean;
  /** The word before it, in lower case; empty when something else stands there. */
  readonly previous: string;
}

/** What takes the place of a word, and whose words are next. */
export interface ReducedWord {
  readonly text: string;
  readonly slot: Slot;
}

/** A word between what may stand before and behind it: `--force`, `done.`, `100%`. */
const DRESSED = /^([.*#&%+|-]{0,3})(.*?)([.*%+|-]{0,3})$/s;
const NUMBER = /^[+-]?v?\d[\d.,_]*(?:[a-z]{1,2}|%)?$/i;
const HEX_NUMBER = /^0x[\da-f]+$/i;
const CLASS_OF_ERRORS = /^[A-Z][A-Za-z\d]{0,49}(?:Error|Exception)$/;

/** A word as it may be told where it stands: itself, if the program has said it, or a placeholder. */
export function reduceWord(word: string, place: WordPlace): ReducedWord {
  const [, front = '', core = '', back = ''] = DRESSED.exec(word) ?? [];
  if (core === '' || core === '/' || core === '_') return { text: word, slot: place.slot };
  const { text, slot } = reduceCore(core, place);
  // A sentence that ends with the word before a name has none.
  return {
    text: front + text + back,
    slot: back.startsWith('.') && slot !== 'text' ? afterComma(slot) : slot,
  };
}

function reduceCore(core: string, place: WordPlace): ReducedWord {
  const { slot } = place;
  if (isText(slot) && !/^[a-z']+$/.test(core)) return { text: '', slot: 'text' };
  if (isNumber(core)) return { text: '<N>', slot };
  if (/^[\d/_-]+$/.test(core) && core.split(/[/_-]/).every(isNumber))
    return { text: core.replace(/\d+/g, '<N>'), slot };
  if (isSystemCode(core) || isCodeInWords(core)) return { text: core, slot: 'program' };
  if (slot === 'program' && TECHNICAL_NAMES.has(core)) return { text: core, slot };
  if (slot === 'program' && CLASS_OF_ERRORS.test(core)) return { text: toErrorName(core), slot };
  const own = toProgramWord(core, place);
  if (own === undefined)
    return { text: namesPlace(core) ? PLACEHOLDERS.path : '<NAME>', slot: afterUnknownWord(slot) };
  const { isOwn, next } = readKnownWord(slot, own, place.previous);
  return { text: isOwn ? core : '<NAME>', slot: next };
}

const isNumber = (text: string): boolean => NUMBER.test(text) || HEX_NUMBER.test(text);

/** A known word in lower case, `can't` as `cant`; undefined for one that may be what somebody is called. */
function toProgramWord(core: string, { isFirst }: WordPlace): string | undefined {
  const lower = core.toLowerCase();
  const isPlain = /^[a-z']+$/.test(core) || (isFirst && /^[A-Z][a-z']*$/.test(core));
  if (!isPlain && !JOINED.has(core) && !(isFirst && JOINED.has(lower))) return undefined;
  if (isAlsoName(core) && core !== lower) return undefined;
  if (lower.endsWith("'s") && isAlsoName(core)) return undefined;
  return JOINED.has(lower) || isKnownWord(core) ? lower.replace("n't", 'nt') : undefined;
}
