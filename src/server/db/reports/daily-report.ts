import { sql } from 'drizzle-orm';
import {
  CUSTOMER_ID_PLACEHOLDER,
  type DailyReport,
  DailyReportSchema,
  OUTCOMES,
  utcDayOf,
} from '../../wire/reports/index.js';
import type { Queries } from '../connection.js';
import { readBreakdowns } from './breakdowns.js';
import { countedRuns } from './counted.js';
import { count, countTeams, hasDuration, hasToolCalls, ofEnough, toTenths } from './numbers.js';
import { rowOf } from './snapshot.js';
import { countAllTeams } from './teams.js';

/** To be used while somebody is counted. */
export async function readDailyReport(
  queries: Queries,
  dateUtc: string,
  enabledByDefault: boolean,
  minGroup: number,
): Promise<DailyReport> {
  const period = utcDayOf(dateUtc);
  const numbers = await rowOf<object>(
    queries,
    sql`
      WITH runs AS NOT MATERIALIZED (${countedRuns(period, enabledByDefault)})
      SELECT ${count()} AS total_runs,
             ${count(sql`status = ${OUTCOMES.successful}`)} AS successful_runs,
             ${count(sql`status = ${OUTCOMES.failed}`)} AS failed_runs,
             ${count(sql`status = ${OUTCOMES.timeout}`)} AS timeout_runs,
             ${toTenths(ofEnough(sql`avg(duration_seconds)`, hasDuration, minGroup))} AS avg_duration_seconds,
             ${percentile(0.5, minGroup)} AS p50_duration_seconds,
             ${percentile(0.95, minGroup)} AS p95_duration_seconds,
             ${percentile(0.99, minGroup)} AS p99_duration_seconds,
             ${toTenths(ofEnough(sql`avg(tool_calls_count)`, hasToolCalls, minGroup))} AS avg_tool_calls,
             ${countAllTeams(enabledByDefault)} AS total_teams,
             ${countTeams()} AS active_teams
      FROM runs`,
  );
  return DailyReportSchema.parse({
    customer_id: CUSTOMER_ID_PLACEHOLDER,
    date: dateUtc,
    analytics: { ...numbers, ...(await readBreakdowns(queries, period, enabledByDefault, minGroup)) },
  });
}

/** Interpolated between the two nearest runs. */
function percentile(share: number, minGroup: number) {
  const value = sql`percentile_cont(${share}::float8) WITHIN GROUP (ORDER BY duration_seconds)`;
  return toTenths(ofEnough(value, hasDuration, minGroup));
}
