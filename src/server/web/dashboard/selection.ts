import { CUSTOMER_ID } from '../../wire/index.js';
import { lastCompleteDateUtc, utcDayOf } from '../../wire/reports/index.js';

/** What somebody wants to see: both days belong to it, and are of UTC. */
export interface Selection {
  readonly from: string;
  readonly to: string;
  /** Undefined for all customers. */
  readonly customerId: string | undefined;
}

/** A selection, or in words for people why there is none. */
export type Selected =
  | { readonly status: 'selected'; readonly selection: Selection }
  | { readonly status: 'refused'; readonly problem: string };

/** Ranges that have a link of their own. */
export const RANGES_DAYS = [7, 30, 90] as const;
export const DEFAULT_DAYS = 30;
const MAX_DAYS = 366;
const DAY_MS = 86_400_000;

/**
 * Read what the form and the links of the page ask for: `from` and `to`, or `days` up to the last complete one, and `customer`.
 * Fields that are empty or missing stand for 30 days, and for all customers.
 *
 * @param nowMs - Unix time in milliseconds
 */
export function parseSelection(query: URLSearchParams, nowMs: number): Selected {
  const field = (name: string) => query.get(name)?.trim() || undefined;
  const customerId = field('customer');
  if (customerId !== undefined && !CUSTOMER_ID.test(customerId)) return refused('There is no such customer.');
  const [from, to, days] = [field('from'), field('to'), field('days')];
  if (from === undefined && to === undefined) {
    const range = RANGES_DAYS.find((known) => String(known) === (days ?? String(DEFAULT_DAYS)));
    if (range === undefined) return refused(`days is one of ${RANGES_DAYS.join(', ')}.`);
    return { status: 'selected', selection: { ...lastDays(range, nowMs), customerId } };
  }
  if (from === undefined || to === undefined) return refused('A range needs its first day and its last day.');
  const problem = problemOf(from, to, nowMs);
  return problem === undefined
    ? { status: 'selected', selection: { from, to, customerId } }
    : refused(problem);
}

/** The last complete days of UTC. */
export function lastDays(days: number, nowMs: number): Pick<Selection, 'from' | 'to'> {
  return { from: lastCompleteDateUtc(nowMs - (days - 1) * DAY_MS), to: lastCompleteDateUtc(nowMs) };
}

export function countDays({ from, to }: Pick<Selection, 'from' | 'to'>): number {
  return (utcDayOf(to).untilMs - utcDayOf(from).fromMs) / DAY_MS;
}

/** @returns such as `from=2026-01-01&to=2026-01-31&customer=acme` */
export function toQuery({ from, to, customerId }: Selection): string {
  const customer = customerId === undefined ? {} : { customer: customerId };
  return new URLSearchParams({ from, to, ...customer }).toString();
}

function problemOf(from: string, to: string, nowMs: number): string | undefined {
  if (!isDay(from) || !isDay(to)) return 'A day is written as in 2026-01-31.';
  if (from > to) return 'The first day must not be after the last one.';
  const last = lastCompleteDateUtc(nowMs);
  if (to > last) return `The last day that is over in UTC is ${last}: no report is about a later one.`;
  return countDays({ from, to }) > MAX_DAYS ? `A range has ${MAX_DAYS} days at most.` : undefined;
}

function isDay(text: string): boolean {
  if (!/^2\d{3}-\d\d-\d\d$/.test(text)) return false;
  const timeMs = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(timeMs) && new Date(timeMs).toISOString().startsWith(text);
}

const refused = (problem: string): Selected => ({ status: 'refused', problem });
