import { expect, it } from 'vitest';
import { countDays, parseSelection, toQuery } from '../../../../../src/server/web/dashboard/selection.js';

const NOW_MS = Date.parse('2026-03-01T00:00:00Z');
const parse = (query: string) => parseSelection(new URLSearchParams(query), NOW_MS);

it.each([
  ['', '2026-01-30', 30],
  ['days=7', '2026-02-22', 7],
  ['days=90', '2025-12-01', 90],
  ['from=&to=&customer=', '2026-01-30', 30],
])('%j is up to the last day that is over in UTC', (query, from, days) => {
  const selected = parse(query);
  expect(selected).toEqual({
    status: 'selected',
    selection: { from, to: '2026-02-28', customerId: undefined },
  });
  expect(selected.status === 'selected' && countDays(selected.selection)).toBe(days);
});

it('takes the days and the customer that are named, and says them again as a query', () => {
  const query = 'from=2024-02-28&to=2024-02-29&customer=acme-2';
  const selected = parse(`${query}&days=7`);
  expect(selected).toEqual({
    status: 'selected',
    selection: { from: '2024-02-28', to: '2024-02-29', customerId: 'acme-2' },
  });
  expect(selected.status === 'selected' && toQuery(selected.selection)).toBe(query);
});

it.each([
  ['days=8', /^days is one of 7, 30, 90/],
  ['from=2026-01-01', /first day and its last day/],
  ['to=2026-01-01', /first day and its last day/],
  ['from=2026-02-30&to=2026-02-28', /as in 2026-01-31/],
  ['from=2026-1-1&to=2026-02-28', /as in 2026-01-31/],
  ['from=1999-12-31&to=2000-01-01', /as in 2026-01-31/],
  ['from=2026-01-01&to=%2B002026-01-31', /as in 2026-01-31/],
  ['from=2026-02-03&to=2026-02-02', /must not be after/],
  ['from=2026-02-01&to=2026-03-01', /The last day that is over in UTC is 2026-02-28/],
  ['from=2025-02-27&to=2026-02-28', /366 days at most/],
  ['customer=..%2Fcustomers', /no such customer/],
  ['customer=-1', /no such customer/],
  [`customer=${'a'.repeat(65)}`, /no such customer/],
])('refuses %j', (query, problem) => {
  expect(parse(query)).toEqual({ status: 'refused', problem: expect.stringMatching(problem) });
});

it('takes a whole leap year', () => {
  expect(parse('from=2024-01-01&to=2024-12-31').status).toBe('selected');
});
