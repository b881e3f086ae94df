import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPiles, toStrokes, toTop } from '../../../../../src/server/web/dashboard/shapes.js';

describe('piles', () => {
  it('stand on the ground, each part on the one before', () => {
    expect(toPiles([[50, 0, 25]], 100)).toEqual([
      [
        { x: 1, y: 50, width: 8, height: 50 },
        { x: 1, y: 50, width: 8, height: 0 },
        { x: 1, y: 25, width: 8, height: 25 },
      ],
    ]);
  });

  it('are not there on a day of which nothing is known', () => {
    expect(toPiles([undefined, [1]], 1)).toEqual([[], [{ x: 11, y: 0, width: 8, height: 100 }]]);
  });

  it('stay within the drawing, whatever is counted', () => {
    const counts = fc.array(fc.nat(1_000_000_000), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(fc.option(counts, { nil: undefined }), { maxLength: 30 }), (days) => {
        const top = toTop(days.map((day) => day?.reduce((sum, count) => sum + count, 0)));
        for (const { y, height } of toPiles(days, top).flat()) {
          expect(y).toBeGreaterThanOrEqual(0);
          expect(y + height).toBeLessThanOrEqual(100.01);
        }
      }),
    );
  });
});

describe('a line', () => {
  it('has a gap where a value is not known', () => {
    expect(toStrokes([1, 0.5, undefined, 0, 0.25], 1)).toEqual(['5,0 15,50', '35,100 45,75']);
  });

  it('shows a value that stands alone', () => {
    expect(toStrokes([undefined, 0.5, undefined], 1)).toEqual(['12.5,50 17.5,50']);
  });

  it('of nothing known is none', () => {
    expect(toStrokes([undefined, undefined], 1)).toEqual([]);
  });
});

it.each([
  [[], 1],
  [[0, undefined], 1],
  [[0.2], 1],
  [[1], 1],
  [[207, 3], 300],
  [[1_000], 1_000],
  [[9_001], 10_000],
])('the top over %j is %i', (values, top) => {
  expect(toTop(values)).toBe(top);
});
