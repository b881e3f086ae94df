import type { DailyReport, Heartbeat } from '../../src/server/wire/reports/index.js';

/** A heartbeat that could be true. */
export function buildHeartbeat(
  timestamp: string,
  metrics: Partial<Heartbeat['metrics']> = {},
  customerId = 'extend',
): Heartbeat {
  return {
    customer_id: customerId,
    timestamp,
    metrics: {
      runs_today: 42,
      runs_last_hour: 8,
      successful_runs_today: 38,
      failed_runs_today: 4,
      avg_duration_seconds: 45.3,
      total_teams: 5,
      active_teams_today: 3,
      ...metrics,
    },
  };
}

/** A daily report that could be true: the one of the seed. */
export function buildDaily(
  date: string,
  analytics: Partial<DailyReport['analytics']> = {},
  customerId = 'extend',
): DailyReport {
  return {
    customer_id: customerId,
    date,
    analytics: {
      total_runs: 150,
      successful_runs: 142,
      failed_runs: 6,
      timeout_runs: 2,
      avg_duration_seconds: 42.5,
      p50_duration_seconds: 35,
      p95_duration_seconds: 85.2,
      p99_duration_seconds: 120.5,
      avg_tool_calls: 8.3,
      total_teams: 5,
      active_teams: 3,
      runs_by_trigger: { webhook: 80, manual: 45, scheduled: 25 },
      runs_by_agent: { planner: 90, k8s: 35, investigation: 25 },
      top_errors: [
        { error_type: 'timeout', count: 2 },
        { error_type: 'tool_error', count: 4 },
      ],
      ...analytics,
    },
  };
}

/** A report of a day without runs. */
export const EMPTY_DAY: DailyReport['analytics'] = {
  total_runs: 0,
  successful_runs: 0,
  failed_runs: 0,
  timeout_runs: 0,
  avg_duration_seconds: null,
  p50_duration_seconds: null,
  p95_duration_seconds: null,
  p99_duration_seconds: null,
  avg_tool_calls: null,
  total_teams: 0,
  active_teams: 0,
  runs_by_trigger: {},
  runs_by_agent: {},
  top_errors: [],
};
