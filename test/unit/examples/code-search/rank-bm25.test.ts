import { expect, it } from 'vitest';
import { rankBm25, weighTerms } from '../../../../examples/code-search/rank-bm25.js';
import { createSearchIndex } from '../../../../examples/code-search/search-index.js';

/** Ranks one-chunk files named 0.txt, 1.txt… and answers with their numbers, best first. */
function rank(texts: readonly string[], terms: readonly string[]) {
  const index = createSearchIndex();
  for (const [at, text] of texts.entries()) index.add(`${at}.txt`, text);
  return rankBm25(index, weighTerms(index, terms));
}

const order = (texts: readonly string[], ...terms: string[]) => rank(texts, terms).map(({ chunk }) => chunk);

it('ranks the chunk that has a term more often first', () => {
  expect(order(['alpha beta beta', 'alpha alpha beta'], 'alpha')).toEqual([1, 0]);
});

it('ranks the shorter of two chunks first', () => {
  expect(order([`alpha ${'filler '.repeat(50)}`, 'alpha'], 'alpha')).toEqual([1, 0]);
});

it('gives a rare term more weight than a common one', () => {
  expect(order(['common one', 'rare one', 'common two', 'common three'], 'common', 'rare')[0]).toBe(1);
});

it('keeps the order of the index among equals', () => {
  expect(order(['alpha', 'alpha', 'alpha'], 'alpha')).toEqual([0, 1, 2]);
  expect(order(['beta', 'alpha'], 'alpha', 'beta')).toEqual([0, 1]);
});

it('leaves out chunks without any of the terms', () => {
  expect(order(['alpha', 'beta'], 'alpha')).toEqual([0]);
});

it('lowers every score when a part of the query is found nowhere', () => {
  const [whole] = rank(['alpha'], ['alpha']);
  const [half] = rank(['alpha'], ['alpha', 'missing']);
  expect(half?.score).toBeLessThan((whole?.score ?? 0) / 2);
});

it('approaches a score of 1 and never reaches it', () => {
  const [best] = rank(['alpha '.repeat(10_000), 'beta'], ['alpha']);
  expect(best?.score).toBeGreaterThan(0.99);
  expect(best?.score).toBeLessThan(1);
});
