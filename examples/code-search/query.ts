/** Shows a query taken apart the way the files were, so that both speak of the same terms. */
import { termsOf, wordsOf } from './tokenize.js';

export interface Query {
  /** What was asked for, as written, without the words that carry no meaning and without repetition. */
  readonly words: readonly string[];
  /** The terms of those words, distinct. */
  readonly terms: readonly string[];
  /** Words beyond the limit that were left out. */
  readonly wordsLeftOut: number;
}

const MAX_WORDS = 24;

const MEANINGLESS: ReadonlySet<string> = new Set(
  (
    'a an and are as at be by can do does for from has have how i in is it its me my of on or our should that the their ' +
    'there this to us was we what when where which who why will with would you your'
  ).split(' '),
);

/** Read a query. Words such as "the" and "how" count only if there is nothing else. Never throws. */
export function parseQuery(query: string): Query {
  const written = [...new Set(wordsOf(query))].filter((word) => termsOf(word).length > 0);
  const meaningful = written.filter((word) => !MEANINGLESS.has(word.toLowerCase()));
  const all = meaningful.length > 0 ? meaningful : written;
  const words = all.slice(0, MAX_WORDS);
  return { words, terms: [...new Set(words.flatMap(termsOf))], wordsLeftOut: all.length - words.length };
}
