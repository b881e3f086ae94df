import { type SQL, sql } from 'drizzle-orm';
import type { Period } from '../../wire/reports/index.js';

/** A Unix time in milliseconds, for comparison with a column. Says its zone, so that the session's does not matter. */
export function at(timeMs: number): SQL {
  return sql`${new Date(timeMs).toISOString()}::timestamptz`;
}

/** Condition: it started in the period. A plain range, which the index on `started_at` serves. */
export function startedIn(startedAt: SQL, { fromMs, untilMs }: Period): SQL {
  return sql`${startedAt} >= ${at(fromMs)} AND ${startedAt} < ${at(untilMs)}`;
}

/** Condition: the organisation's own answer, or the default while it has given none, is yes. Leaves the stop aside. */
export function isOnNow(orgId: SQL, enabledByDefault: boolean): SQL {
  return isYes(sql`SELECT FROM org_settings answer WHERE answer.org_id = ${orgId}`, enabledByDefault);
}

/**
 * The runs that a report may count, of a period: what is read of them, and nothing else. To be used while telemetry is
 * not stopped.
 */
export function countedRuns(period: Period, enabledByDefault: boolean): SQL {
  return sql`
    SELECT run.org_id, run.team_node_id, run.started_at, run.status, run.duration_seconds, run.tool_calls_count,
           run.trigger_source, run.agent_name, run.error_type
    FROM agent_runs run
    WHERE ${startedIn(sql`run.started_at`, period)}
      AND ${isOnNow(sql`run.org_id`, enabledByDefault)}
      AND ${wasOnAtStart(enabledByDefault)}
      AND NOT EXISTS (
        SELECT FROM telemetry_stops stop
        WHERE run.started_at >= stop.stopped_at AND (stop.resumed_at IS NULL OR run.started_at < stop.resumed_at)
      )`;
}

/** Condition: the answer that held when the run started, or the default where there was none, was yes. */
function wasOnAtStart(enabledByDefault: boolean): SQL {
  return isYes(
    sql`SELECT FROM org_telemetry_intervals answer
        WHERE answer.org_id = run.org_id AND run.started_at >= answer.valid_from
          AND (answer.valid_until IS NULL OR run.started_at < answer.valid_until)`,
    enabledByDefault,
  );
}

/** Any no wins; then one yes is needed, unless the default is one. Two joins, where a value per run would be a look-up each. */
function isYes(answers: SQL, enabledByDefault: boolean): SQL {
  const noNo = sql`NOT EXISTS (${answers} AND NOT answer.telemetry_enabled)`;
  return enabledByDefault ? noNo : sql`${noNo} AND EXISTS (${answers} AND answer.telemetry_enabled)`;
}
