import { type SQL, sql } from 'drizzle-orm';
import type { Customers, Overview } from '../../wire/index.js';
import { type Connection, type Queries, rowsOf } from '../connection.js';
import { inSnapshot } from '../reports/snapshot.js';
import { momentOf, utc } from '../utc.js';
import { daysOf, type ReportedDay, toDay } from './overview-days.js';
import type { DailyLine, LinePosition, ReportReadings, ReportSelection } from './report-readings.js';

export function createReportReadings(connection: Connection): ReportReadings {
  return {
    customers: (nowMs) => connection.run((queries) => readCustomers(queries, nowMs)),
    overview: (selection) => inSnapshot(connection, (queries) => readOverview(queries, selection)),
    dailyLines: (selection, limit, after) =>
      connection.run((queries) => readLines(queries, selection, limit, after)),
  };
}

/** The licence that says how a customer stands: an active one, then one that has expired, then one that was revoked; the longest of these. */
function readCustomers(queries: Queries, nowMs: number): Promise<Customers['customers']> {
  return rowsOf<Customers['customers'][number]>(
    queries,
    sql`
      WITH ranked AS (
        SELECT customer_id, expires_at, CASE
            WHEN revoked_at IS NOT NULL THEN 3
            WHEN expires_at <= ${momentOf(nowMs)} THEN 2
            ELSE 1 END AS rank
        FROM sotto_vendor.licenses
      ), best AS (
        SELECT DISTINCT ON (customer_id) customer_id, rank, expires_at FROM ranked
        ORDER BY customer_id, rank, expires_at DESC NULLS FIRST
      )
      SELECT best.customer_id, newest.customer_name,
             CASE best.rank WHEN 1 THEN 'active' WHEN 2 THEN 'expired' ELSE 'revoked' END AS license,
             ${utc(sql`best.expires_at`)} AS expires_at,
             ${utc(sql`beat.last_sent_at`)} AS last_heartbeat_at,
             beat.last_runs_today::float8 AS runs_today,
             to_char(daily.date, 'YYYY-MM-DD') AS last_daily_date
      FROM best
      JOIN LATERAL (
        SELECT customer_name FROM sotto_vendor.licenses WHERE customer_id = best.customer_id ORDER BY created_at DESC LIMIT 1
      ) newest ON true
      LEFT JOIN LATERAL (
        SELECT last_sent_at, last_runs_today FROM sotto_vendor.heartbeat_days
        WHERE customer_id = best.customer_id ORDER BY date DESC LIMIT 1
      ) beat ON true
      LEFT JOIN LATERAL (
        SELECT max(date) AS date FROM sotto_vendor.daily_reports WHERE customer_id = best.customer_id
      ) daily ON true
      ORDER BY lower(newest.customer_name) COLLATE "C", best.customer_id COLLATE "C"`,
  );
}

async function readOverview(queries: Queries, selection: ReportSelection): Promise<Overview> {
  const { from, to, customerId } = selection;
  const reported = await readDays(queries, selection);
  const heartbeats = await readHeartbeats(queries, selection);
  return {
    from,
    to,
    customer_id: customerId ?? null,
    days: daysOf(selection).map((date) => toDay(date, reported.get(date), heartbeats.get(date))),
    runs_by_trigger: await readLabels(queries, selection, sql`runs_by_trigger`),
    runs_by_agent: await readLabels(queries, selection, sql`runs_by_agent`),
    top_errors: await readLabels(queries, selection, sql`top_errors`),
  };
}

async function readDays(
  queries: Queries,
  selection: ReportSelection,
): Promise<ReadonlyMap<string, ReportedDay>> {
  const days = await rowsOf<ReportedDay>(
    queries,
    sql`
      SELECT to_char(date, 'YYYY-MM-DD') AS date, count(*)::float8 AS customers,
             ${total(sql`total_runs`)} AS total_runs, ${total(sql`successful_runs`)} AS successful_runs,
             ${total(sql`failed_runs`)} AS failed_runs, ${total(sql`timeout_runs`)} AS timeout_runs,
             ${weightedMean(sql`p50_duration_seconds`)} AS p50_duration_seconds,
             ${weightedMean(sql`p95_duration_seconds`)} AS p95_duration_seconds,
             ${weightedMean(sql`p99_duration_seconds`)} AS p99_duration_seconds
      FROM sotto_vendor.daily_reports WHERE superseded_at IS NULL AND ${isSelected(selection)} GROUP BY date`,
  );
  return new Map(days.map((day) => [day.date, day]));
}

/** A sum, which JSON carries exactly; the largest number that it does where the sum would be larger. */
function total(counts: SQL): SQL {
  return sql`least(sum(${counts}), ${Number.MAX_SAFE_INTEGER}::numeric)::float8`;
}

/** By runs, to one decimal; as it stands where only one says it; null where nobody does. */
function weightedMean(seconds: SQL): SQL {
  const weight = sql`sum(total_runs) FILTER (WHERE ${seconds} IS NOT NULL)`;
  return sql`
    CASE WHEN count(${seconds}) = 1 THEN max(${seconds})
         ELSE round((sum(${seconds} * total_runs) / nullif(${weight}, 0))::numeric, 1)::float8 END`;
}

async function readHeartbeats(
  queries: Queries,
  selection: ReportSelection,
): Promise<ReadonlyMap<string, number>> {
  const days = await rowsOf<{ date: string; heartbeats: number }>(
    queries,
    sql`
      SELECT to_char(date, 'YYYY-MM-DD') AS date, ${total(sql`heartbeats`)} AS heartbeats
      FROM sotto_vendor.heartbeat_days WHERE ${isSelected(selection)} GROUP BY date`,
  );
  return new Map(days.map(({ date, heartbeats }) => [date, heartbeats]));
}

/** @param counts - a column that holds counts by label */
function readLabels(
  queries: Queries,
  selection: ReportSelection,
  counts: SQL,
): Promise<Overview['runs_by_trigger']> {
  return rowsOf<Overview['runs_by_trigger'][number]>(
    queries,
    sql`
      SELECT label, ${total(sql`count::numeric`)} AS count
      FROM sotto_vendor.daily_reports, jsonb_each_text(${counts}) AS counted (label, count)
      WHERE superseded_at IS NULL AND ${isSelected(selection)}
      GROUP BY label ORDER BY count DESC, label COLLATE "C"`,
  );
}

function readLines(
  queries: Queries,
  selection: ReportSelection,
  limit: number,
  after: LinePosition | undefined,
): Promise<readonly DailyLine[]> {
  const isLater =
    after === undefined
      ? sql`true`
      : sql`(date, customer_id) > (${after.date}::date, ${after.customer_id}::varchar)`;
  return rowsOf<DailyLine>(
    queries,
    sql`
      SELECT to_char(date, 'YYYY-MM-DD') AS date, customer_id, revision, total_runs::float8, successful_runs::float8,
             failed_runs::float8, timeout_runs::float8, avg_duration_seconds, p50_duration_seconds, p95_duration_seconds,
             p99_duration_seconds, avg_tool_calls, total_teams::float8, active_teams::float8
      FROM sotto_vendor.daily_reports
      WHERE superseded_at IS NULL AND ${isSelected(selection)} AND ${isLater}
      ORDER BY daily_reports.date, customer_id LIMIT ${limit}`,
  );
}

function isSelected({ from, to, customerId }: ReportSelection): SQL {
  const inRange = sql`date BETWEEN ${from}::date AND ${to}::date`;
  return customerId === undefined ? inRange : sql`${inRange} AND customer_id = ${customerId}`;
}
