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

/**
 * Condition: the organisation's own answer, or the default while it has given none, is yes. Leaves the stop aside. What is of no
 * organisation, as a row of a view may be, is never on: nobody could say no for it.
 */
export function isOnNow(orgId: SQL, enabledByDefault: boolean): SQL {
  const saysYes = isYes(
    sql`SELECT FROM org_settings answer WHERE answer.org_id = ${orgId}`,
    enabledByDefault,
  );
  return sql`${orgId} IS NOT NULL AND ${saysYes}`;
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
      AND ${wasOnAtStart(period, enabledByDefault)}
      AND NOT EXISTS (
        SELECT FROM telemetry_stops stop
        WHERE ${heldAtStart(sql`stop.stopped_at`, sql`stop.resumed_at`, period)}
      )`;
}

/** Condition: the answer that held when the run started, or the default where there was none, was yes. */
function wasOnAtStart(period: Period, enabledByDefault: boolean): SQL {
  return isYes(
    sql`SELECT FROM org_telemetry_intervals answer
        WHERE answer.org_id = run.org_id
          AND ${heldAtStart(sql`answer.valid_from`, sql`answer.valid_until`, period)}`,
    enabledByDefault,
  );
}

/**
 * Condition: something that began and perhaps ended held when the run started. The second half follows from the first and the period: by
 * it, whatever is of other days is left out once, and not for each run.
 */
function heldAtStart(begin: SQL, end: SQL, { fromMs, untilMs }: Period): SQL {
  return sql`run.started_at >= ${begin} AND (${end} IS NULL OR run.started_at < ${end})
    AND ${begin} < ${at(untilMs)} AND (${end} IS NULL OR ${end} > ${at(fromMs)})`;
}

/** Any no wins; then one yes is needed, unless the default is one. Two joins, where a value per run would be a look-up each. */
function isYes(answers: SQL, enabledByDefault: boolean): SQL {
  const noNo = sql`NOT EXISTS (${answers} AND NOT answer.telemetry_enabled)`;
  return enabledByDefault ? noNo : sql`${noNo} AND EXISTS (${answers} AND answer.telemetry_enabled)`;
}
