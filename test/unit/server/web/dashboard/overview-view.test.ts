import { describe, expect, it } from 'vitest';
import { type OverviewView, toOverviewView } from '../../../../../src/server/web/dashboard/overview-view.js';
import type { Overview } from '../../../../../src/server/wire/index.js';

const SELECTION = { from: '2026-01-01', to: '2026-01-03', customerId: undefined };

const day = (
  date: string,
  customers: number,
  [total, successful, failed, timeout]: readonly [number, number, number, number] = [0, 0, 0, 0],
  seconds: number | null = null,
): Overview['days'][number] => ({
  date,
  customers,
  heartbeats: 0,
  total_runs: total,
  successful_runs: successful,
  failed_runs: failed,
  timeout_runs: timeout,
  p50_duration_seconds: seconds,
  p95_duration_seconds: seconds,
  p99_duration_seconds: seconds,
});

const OVERVIEW: Overview = {
  from: '2026-01-01',
  to: '2026-01-03',
  customer_id: null,
  days: [
    day('2026-01-01', 2, [150, 142, 4, 2], 35),
    day('2026-01-02', 0),
    day('2026-01-03', 1, [50, 50, 0, 0], 20),
  ],
  runs_by_trigger: [
    { label: 'slack', count: 150 },
    { label: 'other', count: 50 },
  ],
  runs_by_agent: [],
  top_errors: [{ label: 'network', count: 0 }],
};

const view = (
  change: Partial<Overview> = {},
  selection: Parameters<typeof toOverviewView>[1] = SELECTION,
) => {
  const value = { ...OVERVIEW, ...change };
  return toOverviewView({ status: 'known', value, raw: value, etag: undefined }, selection);
};

const known = (overview: OverviewView | undefined) => {
  if (overview === undefined) throw new Error('The overview is not known.');
  return overview;
};

describe('a day', () => {
  it('that nobody has reported is a gap, and not zero runs', () => {
    expect(known(view()).days[1]).toEqual({ date: '2026-01-02', customers: 0, report: undefined });
  });

  it('that was reported with no run is zero runs, and has no rate', () => {
    const days = [day('2026-01-01', 1), ...OVERVIEW.days.slice(1)];
    expect(known(view({ days })).days[0]?.report).toMatchObject({
      total: 0,
      successful: 0,
      successRate: undefined,
      p50Seconds: undefined,
    });
  });

  it('counts runs that have not ended in the total and not in the rate', () => {
    expect(known(view()).days[0]?.report).toMatchObject({ open: 2, successRate: 142 / 148, p99Seconds: 35 });
  });
});

describe('the sum', () => {
  it('is of the days that were reported', () => {
    expect(known(view())).toMatchObject({
      reportedDays: 2,
      sum: { total: 200, successful: 192, failed: 4, timeout: 2, open: 2, successRate: 192 / 198 },
    });
  });

  it('is not there where no day was reported', () => {
    const days = OVERVIEW.days.map(({ date }) => day(date, 0));
    expect(known(view({ days }))).toMatchObject({ reportedDays: 0, sum: undefined });
  });
});

it('tells groups by their share of all and by their length beside the largest, also where all are 0', () => {
  const { runsByTrigger, runsByAgent, topErrors } = known(view());
  expect(runsByTrigger).toEqual([
    { label: 'slack', count: 150, share: 0.75, length: 1 },
    { label: 'other', count: 50, share: 0.25, length: 1 / 3 },
  ]);
  expect(runsByAgent).toEqual([]);
  expect(topErrors).toEqual([{ label: 'network', count: 0, share: 0, length: 0 }]);
});

it.each<[string, Partial<Overview>]>([
  ['another range', { from: '2025-12-31' }],
  ['another customer', { customer_id: 'acme' }],
  ['a day too few', { days: OVERVIEW.days.slice(1) }],
  ['a day twice', { days: [0, 0, 2].map((index) => OVERVIEW.days[index] ?? day('2026-01-02', 0)) }],
  ['days in another order', { days: OVERVIEW.days.toReversed() }],
])('is not known when the answer is of %s', (_what, change) => {
  expect(view(change)).toBeUndefined();
});

it('is that of the customer who was asked for', () => {
  const selection = { ...SELECTION, customerId: 'acme' };
  expect(view({ customer_id: 'acme' }, selection)).toBeDefined();
  expect(view({ customer_id: null }, selection)).toBeUndefined();
});

it.each(['unknown', 'refused'] as const)('is not known when the answer is %s', (status) => {
  expect(toOverviewView({ status }, SELECTION)).toBeUndefined();
});
