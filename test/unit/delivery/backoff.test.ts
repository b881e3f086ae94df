import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../../src/delivery/backoff.js';

const ALMOST_ONE = 1 - Number.EPSILON;

describe('backoffMs', () => {
  it.each([
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [9, 256_000],
    [10, 300_000],
    [2_000, 300_000],
  ])('after %i failures in a row waits at most %i ms, and at least half of that', (failures, longestMs) => {
    expect(backoffMs(failures, 0)).toBe(longestMs / 2);
    expect(backoffMs(failures, ALMOST_ONE)).toBeCloseTo(longestMs, 3);
  });

  it('spreads clients that failed together over the whole second half', () => {
    const random = fc.double({ min: 0, max: ALMOST_ONE, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), random, random, (failures, one, other) => {
        fc.pre(one < other);
        expect(backoffMs(failures, one)).toBeLessThanOrEqual(backoffMs(failures, other));
        expect(backoffMs(failures, other)).toBeLessThanOrEqual(300_000);
      }),
    );
  });
});
