import type { NotedDay } from '../../../db/collector/send-ledger.js';
import {
  datesBetween,
  lastCompleteDateUtc,
  toDateUtc,
  utcDayAt,
  utcDayOf,
} from '../../../wire/reports/index.js';
import { fractionOf } from './fraction-of.js';

/** When daily reports are sent. */
export interface DailySchedule {
  /** 0 to 23. */
  readonly analyticsHourUtc: number;
  /** Of the installation. */
  readonly jitterSeed: string;
  /** When the collector was first started, ever. Unix time in milliseconds. */
  readonly firstStartedAtMs: number;
}

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** An installation sends up to so much later than the hour says, always as much. */
const MAX_DELAY_MS = 5 * 60 * 1000;

/** How many days are made up for after a time in which nothing could be sent. */
const MAX_DAYS = 7;

/** A day whose report is to be sent. */
export interface DueDay {
  readonly dateUtc: string;
  readonly revision: number;
}

/**
 * The days whose reports are due, in the order in which to send them.
 *
 * - A day is due from the hour of the next day on, and the installation's own delay of up to 5 minutes.
 * - First the latest such day, then older ones, oldest first: seven days in all, and none before the day that was the last complete one
 *   when the collector was first started.
 * - A day that is settled (accepted or refused by the vendor, or skipped as nobody was counted) is not due again, whatever changes later.
 * - A correction that an operator has asked for is due however old it is.
 *
 * @param noted - what the ledger has of them
 */
export function findDueDays(
  nowMs: number,
  noted: readonly NotedDay[],
  schedule: DailySchedule,
): readonly DueDay[] {
  const latestMs = latestDueMs(nowMs, schedule);
  const days = new Map(noted.map((day) => [day.dateUtc, day]));
  const isOpen = (dateUtc: string) => (days.get(dateUtc)?.state ?? 'open') === 'open';
  const corrections = noted.filter(
    ({ dateUtc, isCorrection, state }) =>
      isCorrection && state === 'open' && utcDayOf(dateUtc).untilMs <= nowMs,
  );
  const inOrder = [
    toDateUtc(latestMs),
    ...datesBetween(earliestMs(latestMs, schedule), latestMs),
    ...corrections.map(({ dateUtc }) => dateUtc),
  ];
  return [...new Set(inOrder)]
    .filter((dateUtc) => utcDayOf(dateUtc).fromMs >= earliestMs(latestMs, schedule) || days.has(dateUtc))
    .filter(isOpen)
    .map((dateUtc) => ({ dateUtc, revision: days.get(dateUtc)?.revision ?? 1 }));
}

/** From where on the ledger has to be read to find the due days. */
export function findEarliestMs(nowMs: number, schedule: DailySchedule): number {
  return earliestMs(latestDueMs(nowMs, schedule), schedule);
}

/** When the hour comes next, later than now: without the delay of the installation. */
export function nextDailyRunMs(
  nowMs: number,
  { analyticsHourUtc }: Pick<DailySchedule, 'analyticsHourUtc'>,
): number {
  const todayMs = utcDayAt(nowMs).fromMs + analyticsHourUtc * HOUR_MS;
  return todayMs > nowMs ? todayMs : todayMs + DAY_MS;
}

/** When the next day becomes due. */
export function nextDueMs(nowMs: number, schedule: DailySchedule): number {
  return latestDueMs(nowMs, schedule) + 2 * DAY_MS + offsetMs(schedule);
}

/** The start of the latest day that is due. */
function latestDueMs(nowMs: number, schedule: DailySchedule): number {
  return utcDayAt(nowMs - offsetMs(schedule)).fromMs - DAY_MS;
}

/** From midnight to when the report of the day before is sent. */
function offsetMs({ analyticsHourUtc, jitterSeed }: DailySchedule): number {
  return analyticsHourUtc * HOUR_MS + Math.floor(fractionOf(jitterSeed, 'daily') * MAX_DELAY_MS);
}

function earliestMs(latestMs: number, { firstStartedAtMs }: DailySchedule): number {
  const firstMs = utcDayOf(lastCompleteDateUtc(firstStartedAtMs)).fromMs;
  return Math.max(firstMs, latestMs - (MAX_DAYS - 1) * DAY_MS);
}
