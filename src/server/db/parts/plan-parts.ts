import { type Month, monthOf } from './month.js';

export interface PartsOptions {
  /** Unix time in milliseconds. */
  readonly nowMs: number;
  /** Whole days for which a row is kept, counted from its own time. */
  readonly retentionDays: number;
}

/** What is kept at all, whatever there is. */
export interface KeptRange {
  /** What is older goes: the beginning of a UTC day, in ISO 8601. */
  readonly keptSince: string;
  readonly firstMonth: Month;
  /** The last month that may have a part. What says that it is of a later one has a clock that is wrong. */
  readonly lastMonth: Month;
}

/** What there is of a table. */
export interface PartsFound {
  /** The months that have a part. */
  readonly existing: readonly Month[];
  /** Months of rows that stand in none, because none was there when they came. */
  readonly waiting: readonly Month[];
}

/** Which parts of a table to make, and which to drop because they hold nothing that is kept. */
export interface PartsPlan {
  readonly make: readonly Month[];
  readonly drop: readonly Month[];
}

const DAY_MS = 86_400_000;
const MONTHS_AHEAD = 2;

/** Pure. */
export function keptRange({ nowMs, retentionDays }: PartsOptions): KeptRange {
  const keptSinceMs = Math.floor(nowMs / DAY_MS - retentionDays) * DAY_MS;
  return {
    keptSince: new Date(keptSinceMs).toISOString(),
    firstMonth: monthOf(keptSinceMs),
    lastMonth: monthOf(nowMs) + MONTHS_AHEAD,
  };
}

/**
 * This month and those ahead have a part, those that rows wait for, and so many behind. Pure.
 *
 * @param monthsBehind - how many before this one, as far as they are kept
 */
export function planParts(
  { firstMonth, lastMonth }: KeptRange,
  monthsBehind: number,
  { existing, waiting }: PartsFound,
): PartsPlan {
  const count = monthsBehind + 1 + MONTHS_AHEAD;
  const always = Array.from({ length: count }, (_, index) => lastMonth - index);
  const isKept = (month: Month) => month >= firstMonth && month <= lastMonth;
  const wanted = new Set([...always, ...waiting].filter(isKept));
  return {
    make: [...wanted].filter((month) => !existing.includes(month)).sort((a, b) => a - b),
    drop: existing.filter((month) => month < firstMonth),
  };
}
