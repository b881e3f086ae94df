import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldSmallGroups, sumBy } from '../../../../../src/server/db/reports/groups.js';

describe('groups of a breakdown', () => {
  it('are summed by one label, rows without it left out', () => {
    const rows = [
      { agent: 'k8s', error: null, runs: 2 },
      { agent: 'aws', error: 'timeout', runs: 1 },
      { agent: 'k8s', error: 'timeout', runs: 5 },
    ];
    expect([...sumBy(rows, 'agent')]).toEqual([
      ['k8s', 7],
      ['aws', 1],
    ]);
    expect([...sumBy(rows, 'error')]).toEqual([['timeout', 6]]);
  });

  it('are other when they are smaller than the smallest that is named, largest first', () => {
    const groups = new Map([
      ['api', 2],
      ['other', 4],
      ['slack', 3],
      ['github', 3],
      ['manual', 1],
    ]);
    expect(foldSmallGroups(groups, 3)).toEqual([
      ['other', 7],
      ['github', 3],
      ['slack', 3],
    ]);
  });

  it('add up to the same, and name none that is too small', () => {
    const groups = fc.dictionary(
      fc.constantFrom('a', 'b', 'c', 'd', 'other'),
      fc.integer({ min: 1, max: 9 }),
    );
    fc.assert(
      fc.property(groups, fc.integer({ min: 1, max: 10 }), (runs, minGroup) => {
        const folded = foldSmallGroups(new Map(Object.entries(runs)), minGroup);
        const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
        expect(sum(folded.map(([, count]) => count))).toBe(sum(Object.values(runs)));
        for (const [label, count] of folded)
          if (label !== 'other') expect(count).toBeGreaterThanOrEqual(minGroup);
      }),
    );
  });
});
