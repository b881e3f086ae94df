import { sql } from 'drizzle-orm';
import {
  CUSTOMER_ID_PLACEHOLDER,
  type Heartbeat,
  HeartbeatSchema,
  OUTCOMES,
  type Period,
  utcDayAt,
} from '../../wire/reports/index.js';
import type { Queries } from '../connection.js';
import { at, countedRuns } from './counted.js';
import { count, countTeams, hasDuration, ofEnough, toTenths } from './numbers.js';
import { rowOf } from './snapshot.js';
import { countAllTeams } from './teams.js';

const HOUR_MS = 60 * 60 * 1000;

/** What a heartbeat looks at: today and the last hour, which began yesterday when it is just past midnight. */
export function heartbeatPeriod(nowMs: number): Period {
  return { fromMs: Math.min(utcDayAt(nowMs).fromMs, nowMs - HOUR_MS), untilMs: nowMs };
}

/** To be used while somebody is counted. */
export async function readHeartbeat(
  queries: Queries,
  nowMs: number,
  enabledByDefault: boolean,
  minGroup: number,
): Promise<Heartbeat> {
  const today = sql`started_at >= ${at(utcDayAt(nowMs).fromMs)}`;
  const metrics = await rowOf<object>(
    queries,
    sql`
      WITH runs AS NOT MATERIALIZED (${countedRuns(heartbeatPeriod(nowMs), enabledByDefault)})
      SELECT ${count(today)} AS runs_today,
             ${count(sql`started_at >= ${at(nowMs - HOUR_MS)}`)} AS runs_last_hour,
             ${count(sql`${today} AND status = ${OUTCOMES.successful}`)} AS successful_runs_today,
             ${count(sql`${today} AND status = ${OUTCOMES.failed}`)} AS failed_runs_today,
             ${toTenths(ofEnough(sql`avg(duration_seconds)`, sql`${today} AND ${hasDuration}`, minGroup))} AS avg_duration_seconds,
             ${countAllTeams(enabledByDefault)} AS total_teams,
             ${countTeams(today)} AS active_teams_today
      FROM runs`,
  );
  return HeartbeatSchema.parse({
    customer_id: CUSTOMER_ID_PLACEHOLDER,
    timestamp: new Date(nowMs).toISOString(),
    metrics,
  });
}
