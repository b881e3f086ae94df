import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../../../src/delivery/retry-after.js';

const NOW_MS = Date.UTC(2026, 10, 21, 8, 30, 0);
const DAY_MS = 86_400_000;

describe('parseRetryAfter', () => {
  it.each([
    ['whole seconds', '120', 120_000],
    ['no wait at all', '0', 0],
    ['seconds with white space around them', ' 7 ', 7_000],
    ['a date to come', 'Sat, 21 Nov 2026 08:31:00 GMT', 60_000],
    ['a date as it was written before 1995', 'Monday, 21-Nov-26 08:31:00 GMT', 60_000],
    ['a date that is over', 'Sat, 21 Nov 2026 08:29:00 GMT', 0],
    ['more than a day in seconds', '9999999999', DAY_MS],
    ['more than a day as a date', 'Mon, 21 Nov 2033 08:30:00 GMT', DAY_MS],
  ])('reads %s: %j', (_, header, waitMs) => {
    expect(parseRetryAfter(header, NOW_MS)).toBe(waitMs);
  });

  it.each([
    [null],
    [''],
    ['  '],
    ['soon'],
    ['1.5'],
    ['-5'],
    ['1e3'],
    ['5 min'],
    ['Sat, 21 Nov 2026 08:31:00'],
    ['Sun Nov  6 08:49:37 2033'],
    ['1.5s'],
    ['12345678901'],
  ])('cannot read %j', (header) => {
    expect(parseRetryAfter(header, NOW_MS)).toBeUndefined();
  });

  it('never asks for a wait below zero or beyond a day, whatever a server says', () => {
    const anyHeader = fc.oneof(fc.string(), fc.integer().map(String), fc.date().map(String));
    fc.assert(
      fc.property(anyHeader, (header) => {
        const waitMs = parseRetryAfter(header, NOW_MS) ?? 0;
        expect(waitMs).toBeGreaterThanOrEqual(0);
        expect(waitMs).toBeLessThanOrEqual(DAY_MS);
      }),
    );
  });
});
