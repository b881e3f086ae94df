/** The bytes of the reports of three organisations, at `NOW_MS` and of `DATE`, with a default of yes and groups of at least three. */
export const HEARTBEAT =
  '{"customer_id":"<customer-id>","timestamp":"2026-01-10T19:05:21.133Z","metrics":{"runs_today":9,"runs_last_hour":3,' +
  '"successful_runs_today":2,"failed_runs_today":4,"avg_duration_seconds":111.1,"total_teams":4,"active_teams_today":3}}';

export const DAILY =
  '{"customer_id":"<customer-id>","date":"2026-01-10","analytics":{"total_runs":11,"successful_runs":4,"failed_runs":4,' +
  '"timeout_runs":1,"avg_duration_seconds":89.3,"p50_duration_seconds":15,"p95_duration_seconds":404.4,' +
  '"p99_duration_seconds":560.9,"avg_tool_calls":3.9,"total_teams":4,"active_teams":3,' +
  '"runs_by_trigger":{"slack":7,"other":4},"runs_by_agent":{"planner":6,"k8s":3,"other":2},' +
  '"top_errors":[{"error_type":"tool_error","count":3},{"error_type":"other","count":1}]}}';

/** The daily report with a default of no: without the organisation that has given no answer. */
export const DAILY_OF_THOSE_WHO_SAID_YES =
  '{"customer_id":"<customer-id>","date":"2026-01-10","analytics":{"total_runs":8,"successful_runs":3,"failed_runs":2,' +
  '"timeout_runs":1,"avg_duration_seconds":140.2,"p50_duration_seconds":30,"p95_duration_seconds":488.2,' +
  '"p99_duration_seconds":577.6,"avg_tool_calls":5,"total_teams":3,"active_teams":2,' +
  '"runs_by_trigger":{"other":4,"slack":4},"runs_by_agent":{"k8s":3,"planner":3,"other":2},' +
  '"top_errors":[{"error_type":"other","count":2}]}}';

/** Days on which clocks on walls change: one that has 23 hours there, and one that has 25. */
export const CLOCK_CHANGES = [
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Pacific/Auckland', '2026-04-04'],
  ['Pacific/Auckland', '2026-09-26'],
] as const;
