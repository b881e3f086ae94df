import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthOf, parseMonth, spellMonth } from '../../../../../src/server/db/parts/month.js';
import { keptRange, planParts } from '../../../../../src/server/db/parts/plan-parts.js';

interface Given {
  readonly now: string;
  readonly retentionDays: number;
  readonly monthsBehind?: number;
  readonly existing?: readonly string[];
  readonly waiting?: readonly string[];
}

function plan({ now, retentionDays, monthsBehind = 0, existing = [], waiting = [] }: Given) {
  const range = keptRange({ nowMs: Date.parse(now), retentionDays });
  const found = { existing: existing.map(toMonth), waiting: waiting.map(toMonth) };
  const { make, drop } = planParts(range, monthsBehind, found);
  return { make: make.map(spellMonth), drop: drop.map(spellMonth) };
}

const toMonth = (text: string) => parseMonth(text) ?? Number.NaN;

describe('what is kept', () => {
  it.each([
    ['2026-11-30T23:59:59Z', 30, '2026-10-31T00:00:00.000Z'],
    ['2026-03-01T23:59:59.999Z', 90, '2025-12-01T00:00:00.000Z'],
    ['2028-03-01T00:00:00.000Z', 1, '2028-02-29T00:00:00.000Z'],
  ])('at %s of the last %i days is what is not older than %s', (now, retentionDays, keptSince) => {
    expect(keptRange({ nowMs: Date.parse(now), retentionDays }).keptSince).toBe(keptSince);
  });
});

describe('the parts of a table', () => {
  it.each([
    ['2026-11-30T23:59:59Z', ['2026-11', '2026-12', '2027-01']],
    ['2026-12-01T00:00:00Z', ['2026-12', '2027-01', '2027-02']],
  ])('at %s are those of this month and two more', (now, months) => {
    expect(plan({ now, retentionDays: 30 })).toEqual({ make: months, drop: [] });
  });

  it.each([
    ['2026-01-31T23:59:59.999Z', ['2025-12', '2026-01', '2026-02', '2026-03']],
    ['2026-02-01T00:00:00.000Z', ['2026-01', '2026-02', '2026-03', '2026-04']],
    ['2026-12-31T23:59:59.999Z', ['2026-11', '2026-12', '2027-01', '2027-02']],
    ['2028-02-29T12:00:00.000Z', ['2028-01', '2028-02', '2028-03', '2028-04']],
  ])('at %s are those of one month behind too, where that is wanted', (now, months) => {
    expect(plan({ now, retentionDays: 90, monthsBehind: 1 }).make).toEqual(months);
  });

  it('are made once', () => {
    const existing = ['2026-01', '2026-02', '2026-04'];
    expect(
      plan({ now: '2026-02-01T00:00:00.000Z', retentionDays: 90, monthsBehind: 1, existing }).make,
    ).toEqual(['2026-03']);
  });

  it('are made for months of late rows that are kept, and for no others', () => {
    const waiting = ['2026-01', '2026-10', '2027-01', '2027-02', '2099-12'];
    expect(plan({ now: '2026-11-15T00:00:00Z', retentionDays: 40, waiting }).make).toEqual([
      '2026-10',
      '2026-11',
      '2026-12',
      '2027-01',
    ]);
  });

  it('are not made for what would go at once', () => {
    expect(plan({ now: '2026-02-10T00:00:00.000Z', retentionDays: 1, monthsBehind: 1 }).make).toEqual([
      '2026-02',
      '2026-03',
      '2026-04',
    ]);
  });

  it('go when their last day is too old, and not before', () => {
    const existing = ['2026-08', '2026-09', '2026-10'];
    expect(plan({ now: '2026-10-31T12:00:00Z', retentionDays: 31, existing }).drop).toEqual(['2026-08']);
    expect(plan({ now: '2026-11-01T00:00:00Z', retentionDays: 31, existing }).drop).toEqual([
      '2026-08',
      '2026-09',
    ]);
  });

  it('are never made and dropped by the same plan, and nothing that is kept is dropped', () => {
    const month = fc.integer({
      min: monthOf(Date.parse('2010-01-01')),
      max: monthOf(Date.parse('2041-01-01')),
    });
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 3_650 }),
        fc.integer({ min: 0, max: 2 }),
        fc.array(month),
        fc.array(month),
        (now, retentionDays, monthsBehind, existing, waiting) => {
          const range = keptRange({ nowMs: now.getTime(), retentionDays });
          const { make, drop } = planParts(range, monthsBehind, { existing, waiting });
          expect(make.filter((made) => drop.includes(made) || existing.includes(made))).toEqual([]);
          expect(drop.every((dropped) => dropped < monthOf(Date.parse(range.keptSince)))).toBe(true);
          expect(make).toEqual([...new Set(make)]);
        },
      ),
    );
  });
});
