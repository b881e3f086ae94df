import { z } from 'zod';
import { TelemetryError } from '../../../internal/index.js';
import type { ReportSelection } from '../../db/vendor/index.js';
import { CUSTOMER_ID } from '../../wire/index.js';
import { lastCompleteDateUtc, toDateUtc, utcDayOf } from '../../wire/reports/index.js';

const MAX_DAYS = 366;
const DEFAULT_DAYS = 30;
const DAY_MS = 86_400_000;

const DateSchema = z.iso.date().regex(/^2\d{3}-/);
const QuerySchema = z.strictObject({
  from: DateSchema.optional(),
  to: DateSchema.optional(),
  customer: z.string().regex(CUSTOMER_ID).optional(),
});

/**
 * Which reports a request asks for: `from` and `to` are days of the calendar, both included; `customer` is an id.
 *
 * @returns without `to` up to the last complete UTC day, without `from` the 30 days that end there
 * @throws {TelemetryError} `REQUEST_UNPROCESSABLE` for anything else, also what is said twice, and for more than 366 days
 */
export function parseSelection(query: URLSearchParams, nowMs: number): ReportSelection {
  const { success, data } = QuerySchema.safeParse(Object.fromEntries(query));
  if (!success || query.size !== Object.keys(data).length) throw unfit();
  const to = data.to ?? lastCompleteDateUtc(nowMs);
  const from = data.from ?? shift(to, 1 - DEFAULT_DAYS);
  if (from > to || shift(from, MAX_DAYS - 1) < to) throw unfit();
  return { from, to, customerId: data.customer };
}

function shift(date: string, days: number): string {
  return toDateUtc(utcDayOf(date).fromMs + days * DAY_MS);
}

const unfit = () =>
  new TelemetryError(
    'REQUEST_UNPROCESSABLE',
    `A query may hold from and to, as in 2026-01-31 and in this order, of at most ${MAX_DAYS} days, and customer, the id of one: each once.`,
  );
