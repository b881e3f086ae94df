import { BoundedCache } from '../../internal/index.js';
import { addedRuleCount, isUnchangedByScrubber, tryRedact } from '../scrubber/index.js';
import { namesPlace } from './names-place.js';

const MAX_LABEL_LENGTH = 64;
const MAX_KEY_LENGTH = 100;
const IDENTIFIER = /^[A-Za-z_][\w.-]{0,63}$/;
const CACHED_TEXTS = 512;

/** Printable ASCII without the space. Other scripts write whole sentences without one, so it alone would tell nothing. */
const ONE_WORD = /^[\x21-\x7e]*$/;

const knownWords = new BoundedCache<string, boolean>(CACHED_TEXTS);
const knownKeys = new BoundedCache<string, string>(CACHED_TEXTS);
/** How many added rules the scrubber had when it was asked. */
let knownUnder = 0;

/**
 * May a string of an untyped payload pass as it is? Only what looks like a label does: at most 64 printable ASCII
 * characters, no white space, nothing in it that the scrubber would replace, and no name of a file, folder or host.
 */
export function isLabelLike(text: string): boolean {
  return isSafeWord(text) && !namesPlace(text);
}

/** One word that the scrubber leaves alone: what the names of events and settings have to be at least. */
export function isSafeWord(text: string): boolean {
  if (text.length > MAX_LABEL_LENGTH) return false;
  forgetUnderNewRules();
  const known = knownWords.get(text);
  if (known !== undefined) return known;
  const isSafe = ONE_WORD.test(text) && isUnchangedByScrubber(text);
  knownWords.set(text, isSafe);
  return isSafe;
}

/** May an object key pass as it is? Keys are content too: only names a programmer would write do. */
export function isSafeKey(key: unknown): key is string {
  return typeof key === 'string' && key !== '__proto__' && IDENTIFIER.test(key) && isSafeWord(key);
}

/**
 * What a key of an untyped payload leaves as: scrubbed; undefined when it may not leave. Only one word of at most 100
 * printable ASCII characters may, without the `$` that PostHog gives a meaning, and no name of a file, folder or host.
 */
export function toPayloadKey(key: unknown): string | undefined {
  if (typeof key !== 'string' && typeof key !== 'number') return undefined;
  const text = String(key);
  const isName =
    text !== '' && text.length <= MAX_KEY_LENGTH && !text.startsWith('$') && text !== '__proto__';
  if (!isName || !ONE_WORD.test(text)) return undefined;
  const scrubbed = scrubKey(text);
  return scrubbed === undefined || namesPlace(scrubbed) ? undefined : scrubbed;
}

/** A program writes the same few keys over and over, and the scrubber says the same of them each time. */
function scrubKey(key: string): string | undefined {
  forgetUnderNewRules();
  const known = knownKeys.get(key);
  if (known !== undefined) return known;
  const scrubbed = tryRedact(key);
  if (scrubbed !== undefined) knownKeys.set(key, scrubbed);
  return scrubbed;
}

/** What was safe may be told by a rule that a maker has added since. */
function forgetUnderNewRules(): void {
  const count = addedRuleCount();
  if (count === knownUnder) return;
  knownUnder = count;
  knownWords.clear();
  knownKeys.clear();
}
