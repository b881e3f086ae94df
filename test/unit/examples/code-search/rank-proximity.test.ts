import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankBm25, weighTerms } from '../../../../examples/code-search/rank-bm25.js';
import { rankProximity, tightestWindow } from '../../../../examples/code-search/rank-proximity.js';
import { createSearchIndex } from '../../../../examples/code-search/search-index.js';

function orders(files: Readonly<Record<string, string>>, ...terms: string[]) {
  const index = createSearchIndex();
  for (const [path, text] of Object.entries(files)) index.add(path, text);
  const weights = weighTerms(index, terms);
  const candidates = rankBm25(index, weights);
  const paths = (ranked: typeof candidates) => ranked.map(({ chunk }) => index.chunks[chunk]?.file.path);
  return { bm25: paths(candidates), proximity: paths(rankProximity(candidates, index, weights)) };
}

const apart = `alpha alpha alpha ${'filler '.repeat(30)} beta beta beta`;

describe('ranking by proximity', () => {
  it('prefers terms that stand together over terms that are frequent', () => {
    const files = { 'a.txt': apart, 'b.txt': `alpha beta ${'filler '.repeat(34)}` };
    expect(orders(files, 'alpha', 'beta')).toEqual({
      bm25: ['a.txt', 'b.txt'],
      proximity: ['b.txt', 'a.txt'],
    });
  });

  it('prefers the chunk that defines a name over those that use it', () => {
    const files = { 'a.ts': 'alpha();\nalpha();', 'b.ts': 'function alpha() {}\nlet other = more;' };
    expect(orders(files, 'alpha')).toEqual({ bm25: ['a.ts', 'b.ts'], proximity: ['b.ts', 'a.ts'] });
  });

  it('prefers an exact definition over a longer name', () => {
    const files = { 'a.ts': 'class AlphaFactory {}', 'b.ts': 'class Alpha {}' };
    expect(orders(files, 'alpha').proximity).toEqual(['b.ts', 'a.ts']);
  });

  it('prefers every chunk of a file that is named after the query', () => {
    const text = `${'filler\n'.repeat(100)}alpha`;
    expect(orders({ 'a.txt': text, 'alpha.txt': text }, 'alpha')).toEqual({
      bm25: ['a.txt', 'alpha.txt', 'alpha.txt'],
      proximity: ['alpha.txt', 'alpha.txt', 'a.txt'],
    });
  });
});

describe('the tightest window', () => {
  it.each([
    [[[5]], 0],
    [[[1, 9], [8]], 1],
    [[[1, 9], [5], [6, 20]], 4],
    [[[3], [3], [3]], 0],
  ])('over %j spans %d', (lists, distance) => {
    expect(tightestWindow(lists)).toBe(distance);
  });

  it('agrees with trying every combination', () => {
    const list = fc
      .uniqueArray(fc.nat(60), { minLength: 1, maxLength: 5 })
      .map((positions) => positions.sort((one, other) => one - other));
    fc.assert(
      fc.property(fc.array(list, { minLength: 1, maxLength: 4 }), (lists) => {
        const combinations = lists.reduce<number[][]>(
          (all, positions) => all.flatMap((chosen) => positions.map((position) => [...chosen, position])),
          [[]],
        );
        const spans = combinations.map((chosen) => Math.max(...chosen) - Math.min(...chosen));
        expect(tightestWindow(lists)).toBe(Math.min(...spans));
      }),
    );
  });
});
