import { expect, it } from 'vitest';
import { parseQuery } from '../../../../examples/code-search/query.js';

it.each([
  ['how does the scrubber work', ['scrubber', 'work']],
  ['for the', ['for', 'the']],
  ['retry retry', ['retry']],
  ['  ... _ ', []],
])('reads %j as the words %j', (query, words) => {
  expect(parseQuery(query).words).toEqual(words);
});

it('takes words apart into distinct terms', () => {
  expect(parseQuery('retryAfter retry').terms).toEqual(['retryafter', 'retry', 'after']);
});

it('leaves out the end of a very long query and says how much', () => {
  const query = Array.from({ length: 30 }, (_, at) => `word${at}`).join(' ');
  expect(parseQuery(query).words).toHaveLength(24);
  expect(parseQuery(query).wordsLeftOut).toBe(6);
});
