import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../../../../../src/server/collector/sending/schedule/backoff.js';

const ALMOST_1 = 1 - 2 ** -32;
const HOUR_MS = 3_600_000;

describe('the wait before a report is tried again', () => {
  it('is up to a minute after one failure, and doubles to an hour', () => {
    const longest = Array.from(
      { length: 9 },
      (_, index) => backoffMs(index + 1, ALMOST_1, undefined) / 60_000,
    );
    expect(longest.map(Math.round)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
    expect(backoffMs(5_000, ALMOST_1, undefined)).toBe(HOUR_MS);
  });

  it('is spread over all of that time, and never nothing', () => {
    expect(backoffMs(7, 0.5, undefined)).toBe(HOUR_MS / 2);
    expect(backoffMs(7, 0, undefined)).toBe(1_000);
  });

  it('is at least what the vendor asks for, but a day at most', () => {
    expect(backoffMs(1, 0, 120_000)).toBe(120_000);
    expect(backoffMs(7, ALMOST_1, 120_000)).toBe(HOUR_MS);
    expect(backoffMs(1, 0, 365 * 24 * HOUR_MS)).toBe(24 * HOUR_MS);
  });
});
