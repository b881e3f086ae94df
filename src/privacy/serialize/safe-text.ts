import { BoundedCache } from '../../internal/index.js';
import { isUnchangedByScrubber, redactIdentifiableInfo } from '../scrubber/index.js';

const MAX_LABEL_LENGTH = 64;
const MAX_KEY_LENGTH = 100;
const IDENTIFIER = /^[A-Za-z_][\w.-]{0,63}$/;
const CACHED_TEXTS = 512;

/** Printable ASCII without the space. Other scripts write whole sentences without one, so it alone would tell nothing. */
const ONE_WORD = /^[\x21-\x7e]*$/;

const knownLabels = new BoundedCache<string, boolean>(CACHED_TEXTS);
const redactedKeys = new BoundedCache<string, string>(CACHED_TEXTS);

/**
 * May a string of an untyped payload pass as it is? Only what looks like a label does: at most 64 printable ASCII
 * characters, no white space, and nothing in it that the scrubber would replace.
 */
export function isLabelLike(text: string): boolean {
  if (text.length > MAX_LABEL_LENGTH) return false;
  const known = knownLabels.get(text);
  if (known !== undefined) return known;
  const isLabel = ONE_WORD.test(text) && isUnchangedByScrubber(text);
  knownLabels.set(text, isLabel);
  return isLabel;
}

/** May an object key pass as it is? Keys are content too: only names a programmer would write do. */
export function isSafeKey(key: unknown): key is string {
  return typeof key === 'string' && key !== '__proto__' && IDENTIFIER.test(key) && isLabelLike(key);
}

/**
 * What a key of an untyped payload leaves as: scrubbed; undefined when it may not leave. Only one word of at most 100
 * printable ASCII characters may, without the `$` that PostHog gives a meaning.
 */
export function toPayloadKey(key: unknown): string | undefined {
  if (typeof key !== 'string' && typeof key !== 'number') return undefined;
  const text = String(key);
  const isName =
    text !== '' && text.length <= MAX_KEY_LENGTH && !text.startsWith('$') && text !== '__proto__';
  return isName && ONE_WORD.test(text) ? redactKey(text) : undefined;
}

/** A program writes the same few keys over and over, and the scrubber says the same of them each time. */
function redactKey(key: string): string {
  const known = redactedKeys.get(key);
  if (known !== undefined) return known;
  const redacted = redactIdentifiableInfo(key);
  redactedKeys.set(key, redacted);
  return redacted;
}
