import { BoundedCache } from '../../internal/index.js';
import { isUnchangedByScrubber } from '../scrubber/index.js';

const MAX_LABEL_LENGTH = 64;
const IDENTIFIER = /^[A-Za-z_][\w.-]{0,63}$/;
const CACHED_TEXTS = 512;

const knownLabels = new BoundedCache<string, boolean>(CACHED_TEXTS);

/**
 * May a string of an untyped payload pass as it is? Only what looks like a label does: at most 64 characters, no white
 * space or control characters, and nothing in it that the scrubber would replace.
 */
export function isLabelLike(text: string): boolean {
  if (text.length > MAX_LABEL_LENGTH) return false;
  const known = knownLabels.get(text);
  if (known !== undefined) return known;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not pass
  const isLabel = !/[\s\u0000-\u001f\u007f]/u.test(text) && isUnchangedByScrubber(text);
  knownLabels.set(text, isLabel);
  return isLabel;
}

/** May an object key pass as it is? Keys are content too: only names a programmer would write do. */
export function isSafeKey(key: unknown): key is string {
  return typeof key === 'string' && key !== '__proto__' && IDENTIFIER.test(key) && isLabelLike(key);
}
