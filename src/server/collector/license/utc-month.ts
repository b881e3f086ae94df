import type { Period } from '../../wire/reports/index.js';

/** The UTC month that a moment lies in, whatever clocks on walls do. */
export function utcMonthAt(nowMs: number): Period {
  const now = new Date(nowMs);
  const startOf = (month: number) => Date.UTC(now.getUTCFullYear(), month);
  return { fromMs: startOf(now.getUTCMonth()), untilMs: startOf(now.getUTCMonth() + 1) };
}
