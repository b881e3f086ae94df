/** Shows how code becomes searchable terms: `parseRetryAfter`, `PARSE_RETRY_AFTER` and "parse retry after" meet. */

const WORD = /[\p{L}\p{M}\p{N}_$]+/gu;
const PART = /[\p{Lu}\p{Lt}]+(?![\p{Ll}\p{M}])|[\p{Lu}\p{Lt}]?[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|\p{N}+/gu;

/** Longer runs of letters are encoded data, not words. In UTF-16 units. */
const MAX_WORD_LENGTH = 64;

/** The words of a text as they are written. Scripts without spaces are not segmented: a run of them is one word. */
export function wordsOf(text: string): string[] {
  return (text.match(WORD) ?? []).filter((word) => word.length <= MAX_WORD_LENGTH);
}

/** The first word that satisfies a condition, as its offset in UTF-16 units; -1 if none does. */
export function findWord(text: string, isWanted: (word: string) => boolean): number {
  for (const match of text.matchAll(WORD)) if (isWanted(match[0])) return match.index;
  return -1;
}

/**
 * What a word is found by: the whole of it without separators, its camelCase and snake_case parts, and the stem of each.
 *
 * @returns distinct lower-case terms, the whole word first; empty for a word of separators alone
 */
export function termsOf(word: string): string[] {
  const parts = (word.normalize('NFC').match(PART) ?? []).map((part) => part.toLowerCase());
  if (parts.length === 0) return [];
  const exact = [parts.join(''), ...parts];
  return [...new Set([...exact, ...exact.map(stem)])];
}

/**
 * Fold the common English endings, so that `parse`, `parses`, `parsed` and `parsing` share a stem.
 * Deliberately light: it knows no irregular forms, and the exact word is always indexed beside its stem.
 */
export function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  const singular = word
    .replace(/ies$/, 'y')
    .replace(/(ch|sh|ss|x|z)es$/, '$1')
    .replace(/([^su])s$/, '$1');
  const base = singular.replace(/(?:ing|ed)$/, '');
  const isVerb = base !== singular && base.length > 2 && /[aeiouy]/.test(base);
  const root = isVerb ? base.replace(/([bdfgmnprt])\1$/, '$1') : singular;
  return root.length > 3 ? root.replace(/e$/, '') : root;
}
