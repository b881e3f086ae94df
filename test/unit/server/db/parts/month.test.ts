import { describe, expect, it } from 'vitest';
import { monthOf, parseMonth, spellMonth, startOf } from '../../../../../src/server/db/parts/month.js';

describe('months', () => {
  it.each([
    ['2026-12-31T23:59:59.999Z', '2026-12', '2026-12-01 00:00:00+00'],
    ['2027-01-01T00:00:00Z', '2027-01', '2027-01-01 00:00:00+00'],
    ['0003-02-01T00:00:00Z', '0003-02', '0003-02-01 00:00:00+00'],
  ])('%s is in %s', (time, spelled, start) => {
    const month = monthOf(Date.parse(time));
    expect([spellMonth(month), startOf(month), parseMonth(spelled)]).toEqual([spelled, start, month]);
  });

  it.each(['2026-13', '2026-00', 'other', '12026-01', ''])('%j is none', (text) => {
    expect(parseMonth(text)).toBeUndefined();
  });
});
