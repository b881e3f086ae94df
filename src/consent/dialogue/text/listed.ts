import { listed as listWords } from '../../../internal/index.js';

const MAX_LISTED = 6;

/** `a, b, c and 4 more`; each word once. */
export const listed = (words: readonly string[], max = MAX_LISTED): string =>
  listWords([...new Set(words)], max);

export const plural = (word: string, count: number) => (count === 1 ? word : `${word}s`);
