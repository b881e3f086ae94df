import { TelemetryError } from '../../../internal/index.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A half-open range of Unix times in milliseconds: `fromMs` belongs to it, `untilMs` does not. */
export interface Period {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The UTC day that a moment lies in. It has 24 hours, whatever clocks on walls do. */
export function utcDayAt(nowMs: number): Period {
  const fromMs = Math.floor(nowMs / DAY_MS) * DAY_MS;
  return { fromMs, untilMs: fromMs + DAY_MS };
}

/**
 * @param dateUtc - `2026-01-11`
 * @throws {TelemetryError} `OPTION_INVALID` if there is no such day
 */
export function utcDayOf(dateUtc: string): Period {
  const fromMs = Date.parse(`${dateUtc}T00:00:00.000Z`);
  if (Number.isNaN(fromMs) || toDateUtc(fromMs) !== dateUtc) {
    throw new TelemetryError('OPTION_INVALID', 'dateUtc must be a day of the calendar, as in 2026-01-11.');
  }
  return utcDayAt(fromMs);
}

/** The last day that is over: the one that a daily report is about. */
export function lastCompleteDateUtc(nowMs: number): string {
  return toDateUtc(utcDayAt(nowMs).fromMs - DAY_MS);
}

/** The day of a moment, as `2026-01-11`. */
export function toDateUtc(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}

/** Every day from one midnight to another, the last not included. */
export function datesBetween(fromMs: number, untilMs: number): readonly string[] {
  const count = Math.max(0, Math.round((untilMs - fromMs) / DAY_MS));
  return Array.from({ length: count }, (_, index) => toDateUtc(fromMs + index * DAY_MS));
}
