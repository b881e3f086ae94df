import type { DailyReport, Heartbeat } from '../../wire/reports/index.js';

/*
 * What no collector can count. Teams are left aside: a team may have run today and be gone since. So is the last hour, which began yesterday
 * when it is just past midnight.
 */

/** @returns the rule that a heartbeat breaks; undefined for one that may be true. Pure. */
export function findHeartbeatError({ metrics }: Heartbeat): string | undefined {
  const { runs_today, successful_runs_today, failed_runs_today, avg_duration_seconds } = metrics;
  if (successful_runs_today + failed_runs_today > runs_today)
    return 'metrics: successful_runs_today and failed_runs_today must not come to more than runs_today.';
  if (runs_today === 0 && avg_duration_seconds !== null)
    return 'metrics.avg_duration_seconds must be null without runs.';
  return undefined;
}

/** @returns the rule that a daily report breaks; undefined for one that may be true. Pure. */
export function findDailyError({ analytics }: DailyReport): string | undefined {
  return RULES.find(({ isKept }) => !isKept(analytics))?.rule;
}

type Analytics = DailyReport['analytics'];

const RULES: readonly { readonly rule: string; readonly isKept: (analytics: Analytics) => boolean }[] = [
  {
    rule: 'analytics: successful_runs, failed_runs and timeout_runs must not come to more than total_runs.',
    isKept: ({ total_runs, successful_runs, failed_runs, timeout_runs }) =>
      successful_runs + failed_runs + timeout_runs <= total_runs,
  },
  {
    rule: 'analytics.runs_by_trigger must come to total_runs.',
    isKept: ({ runs_by_trigger, total_runs }) => sum(Object.values(runs_by_trigger)) === total_runs,
  },
  {
    rule: 'analytics.runs_by_agent must come to total_runs.',
    isKept: ({ runs_by_agent, total_runs }) => sum(Object.values(runs_by_agent)) === total_runs,
  },
  {
    rule: 'analytics.top_errors must name each error_type once.',
    isKept: ({ top_errors }) =>
      new Set(top_errors.map((error) => error.error_type)).size === top_errors.length,
  },
  {
    rule: 'analytics.top_errors must not come to more than failed_runs.',
    isKept: ({ top_errors, failed_runs }) => sum(top_errors.map(({ count }) => count)) <= failed_runs,
  },
  {
    rule: 'analytics: the durations must all be null, or none of them.',
    isKept: (analytics) => new Set(durationsOf(analytics).map((seconds) => seconds === null)).size === 1,
  },
  {
    rule: 'analytics: the averages must be null without runs.',
    isKept: (analytics) =>
      analytics.total_runs > 0 ||
      [analytics.avg_tool_calls, ...durationsOf(analytics)].every((value) => value === null),
  },
  {
    rule: 'analytics: p50_duration_seconds, p95_duration_seconds and p99_duration_seconds must not fall.',
    isKept: ({ p50_duration_seconds: p50, p95_duration_seconds: p95, p99_duration_seconds: p99 }) =>
      (p50 ?? 0) <= (p95 ?? 0) && (p95 ?? 0) <= (p99 ?? 0),
  },
];

const durationsOf = (analytics: Analytics) => [
  analytics.avg_duration_seconds,
  analytics.p50_duration_seconds,
  analytics.p95_duration_seconds,
  analytics.p99_duration_seconds,
];

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
