import { describe, expect, it } from 'vitest';
import { toCustomerView } from '../../../../../src/server/web/dashboard/customer-view.js';
import { formatCount, formatSeconds, formatShare } from '../../../../../src/server/web/dashboard/numbers.js';
import type { DayView } from '../../../../../src/server/web/dashboard/overview-view.js';
import { describeCoverage, describePercentiles } from '../../../../../src/server/web/dashboard/texts.js';

describe('percentiles', () => {
  it('of several customers are said to be a mean and no percentile', () => {
    expect(describePercentiles(undefined)).toMatch(/weighted by how many runs.*no percentile of all runs/);
  });

  it('of one customer are its own', () => {
    expect(describePercentiles('acme')).toMatch(/^As the customer has reported them/);
  });
});

describe('the days that are covered', () => {
  const days = (...customers: number[]): DayView[] =>
    customers.map((count, index) => ({ date: `2026-01-0${index + 1}`, customers: count, report: undefined }));

  it.each([
    [days(1, 1), 2, 'Every day was reported.'],
    [days(1, 0), 1, '1 day has no report and is a gap: how many runs there were is not known. '],
    [days(0, 0, 1), 1, '2 days have no report and are gaps: how many runs there were is not known. '],
  ])('are told with their gaps', (told, reportedDays, text) => {
    expect(describeCoverage({ days: told, reportedDays }, undefined)).toBe(text.trim());
  });

  it('are told with those that fewer customers have reported, where several are shown', () => {
    const overview = { days: days(3, 1, 0, 2), reportedDays: 3 };
    expect(describeCoverage(overview, undefined)).toMatch(
      / 2 days were reported by fewer customers.*3 at most/,
    );
    expect(describeCoverage(overview, 'acme')).not.toContain('fewer');
  });
});

describe('numbers', () => {
  it.each([
    [1, '100.0%'],
    [0.99999, '99.9%'],
    [0.29, '29.0%'],
    [0, '0.0%'],
    [undefined, '–'],
  ])('the share %s is %s', (share, text) => {
    expect(formatShare(share)).toBe(text);
  });

  it('have their unit, and thousands apart', () => {
    expect([formatCount(12_345), formatSeconds(1_205.51), formatSeconds(undefined)]).toEqual([
      '12,345',
      '1,205.5 s',
      '–',
    ]);
  });
});

describe('a customer', () => {
  const told = {
    customer_id: 'acme',
    customer_name: 'Acme Ltd',
    license: 'active',
    expires_at: '2026-01-31T00:00:00Z',
    last_heartbeat_at: '2026-01-31T23:59:58Z',
    runs_today: 42,
    last_daily_date: null,
  } as const;
  const at = (iso: string) => toCustomerView(told, Date.parse(iso));

  it('had so many runs today only as long as its heartbeat is of today', () => {
    expect(at('2026-01-31T23:59:59Z').runs).toEqual({ count: 42, isOfToday: true, date: '2026-01-31' });
    expect(at('2026-02-01T00:00:00Z').runs).toEqual({ count: 42, isOfToday: false, date: '2026-01-31' });
  });

  it('that sent no heartbeat has runs that are not known', () => {
    expect(toCustomerView({ ...told, last_heartbeat_at: null }, 0).runs).toBeUndefined();
    expect(toCustomerView({ ...told, runs_today: null }, 0).runs).toBeUndefined();
  });

  it('may have a licence that is over and still counts', () => {
    expect(at('2026-01-30T23:59:59Z').expiry).toMatchObject({ isOver: false });
    expect(at('2026-01-31T00:00:00Z').expiry).toMatchObject({ isOver: true });
    expect(toCustomerView({ ...told, expires_at: null }, 0).expiry).toBeUndefined();
  });
});
