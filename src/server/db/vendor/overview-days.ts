import type { Overview } from '../../wire/index.js';
import { datesBetween, utcDayOf } from '../../wire/reports/index.js';
import type { DayRange } from './report-readings.js';

type Day = Overview['days'][number];

/** A day of which there is a report. */
export type ReportedDay = Omit<Day, 'heartbeats'>;

/** Every day of a range, in order. Pure. */
export function daysOf({ from, to }: DayRange): readonly string[] {
  return datesBetween(utcDayOf(from).fromMs, utcDayOf(to).untilMs);
}

/** A day as it is told. Nobody has reported it: no customers, which is something else than no runs. Pure. */
export function toDay(date: string, reported: ReportedDay | undefined, heartbeats = 0): Day {
  const { customers, ...numbers } = reported ?? { ...NOTHING, date };
  return { ...numbers, customers, heartbeats };
}

const NOTHING = {
  customers: 0,
  total_runs: 0,
  successful_runs: 0,
  failed_runs: 0,
  timeout_runs: 0,
  p50_duration_seconds: null,
  p95_duration_seconds: null,
  p99_duration_seconds: null,
} as const;
