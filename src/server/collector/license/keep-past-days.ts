import type { EntitlementRepository } from '../../db/entitlements/index.js';
import { type Period, utcDayAt } from '../../wire/reports/index.js';

const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * The same counts, where a month of many runs is not counted anew for each question: UTC days that ended more than a day ago are counted
 * once, each by itself, and kept. A run that the product writes down later than that is not counted before the next start.
 *
 * @param now - Unix time in milliseconds
 */
export function keepPastDays(counts: EntitlementRepository, now: () => number): EntitlementRepository {
  const kept = new Map<number, Promise<number>>();

  function countDay(day: Period): Promise<number> {
    const counting = kept.get(day.fromMs) ?? counts.countRuns(day);
    kept.set(day.fromMs, counting);
    counting.catch(() => kept.delete(day.fromMs));
    return counting;
  }

  return {
    countTeams: () => counts.countTeams(),
    async countRuns({ fromMs, untilMs }) {
      const openFromMs = Math.min(Math.max(utcDayAt(now()).fromMs - DAY_MS, fromMs), untilMs);
      for (const dayMs of kept.keys()) if (dayMs < fromMs || dayMs >= openFromMs) kept.delete(dayMs);
      let found = await counts.countRuns({ fromMs: openFromMs, untilMs });
      // One after the other: a question takes one connection.
      for (let dayMs = fromMs; dayMs < openFromMs; dayMs += DAY_MS) found += await countDay(utcDayAt(dayMs));
      return found;
    },
  };
}
