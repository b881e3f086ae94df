import { sql } from 'drizzle-orm';
import type { Heartbeat } from '../../wire/reports/index.js';
import { type Queries, rowsOf } from '../connection.js';
import { momentOf } from '../utc.js';
import type { AddReportResult, Arrival } from './received-reports.js';
import { findUse, type KeyUse, noteUse } from './report-keys.js';

/** To be called in a transaction: a heartbeat is kept with its key and in the sums of its day, or not at all. */
export async function addHeartbeat(
  queries: Queries,
  report: Heartbeat,
  { idempotencyKey, receivedAtMs, isTimely }: Arrival,
): Promise<AddReportResult> {
  const { customer_id: customerId, timestamp: about } = report;
  const use: KeyUse = { idempotencyKey, customerId, kind: 'heartbeat', about, revision: 1, receivedAtMs };
  const saysTheSame = () => isKeptSo(queries, report);
  const used = await findUse(queries, use, saysTheSame);
  if (used !== undefined) return used;
  if (!isTimely) return { status: 'stale' };
  if (!(await insertHeartbeat(queries, report, receivedAtMs)))
    return { status: 'duplicate', isSame: await saysTheSame() };
  await noteUse(queries, use);
  return { status: 'accepted' };
}

/** @returns false when there is one of this customer and time. Waits for who adds it at the same moment. */
async function insertHeartbeat(queries: Queries, report: Heartbeat, receivedAtMs: number): Promise<boolean> {
  const { customer_id, timestamp, metrics } = report;
  const days = await rowsOf(
    queries,
    sql`
      WITH added AS (
        INSERT INTO sotto_vendor.heartbeats (
          customer_id, sent_at, received_at, runs_today, runs_last_hour, successful_runs_today, failed_runs_today,
          avg_duration_seconds, total_teams, active_teams_today
        )
        VALUES (
          ${customer_id}, ${timestamp}::timestamptz, ${momentOf(receivedAtMs)}, ${metrics.runs_today},
          ${metrics.runs_last_hour}, ${metrics.successful_runs_today}, ${metrics.failed_runs_today},
          ${metrics.avg_duration_seconds}, ${metrics.total_teams}, ${metrics.active_teams_today}
        )
        ON CONFLICT DO NOTHING
        RETURNING customer_id, sent_at, runs_today
      )
      INSERT INTO sotto_vendor.heartbeat_days AS known (customer_id, date, heartbeats, last_sent_at, last_runs_today, max_runs_today)
      SELECT customer_id, (sent_at AT TIME ZONE 'UTC')::date, 1, sent_at, runs_today, runs_today FROM added
      ON CONFLICT (customer_id, date) DO UPDATE SET
        heartbeats = known.heartbeats + 1,
        last_sent_at = greatest(known.last_sent_at, excluded.last_sent_at),
        last_runs_today = CASE WHEN excluded.last_sent_at > known.last_sent_at THEN excluded.last_runs_today ELSE known.last_runs_today END,
        max_runs_today = greatest(known.max_runs_today, excluded.max_runs_today)
      RETURNING 1`,
  );
  return days.length > 0;
}

/** @returns false when one of this customer and time is kept and says something else */
async function isKeptSo(queries: Queries, { customer_id, timestamp, metrics }: Heartbeat): Promise<boolean> {
  const [kept] = await rowsOf<{ isSame: boolean }>(
    queries,
    sql`
      SELECT runs_today = ${metrics.runs_today} AND runs_last_hour = ${metrics.runs_last_hour}
             AND successful_runs_today = ${metrics.successful_runs_today} AND failed_runs_today = ${metrics.failed_runs_today}
             AND avg_duration_seconds IS NOT DISTINCT FROM ${metrics.avg_duration_seconds}::float8
             AND total_teams = ${metrics.total_teams} AND active_teams_today = ${metrics.active_teams_today} AS "isSame"
      FROM sotto_vendor.heartbeats WHERE customer_id = ${customer_id} AND sent_at = ${timestamp}::timestamptz`,
  );
  return kept?.isSame ?? true;
}
