import { sql } from 'drizzle-orm';
import type { Queries } from '../connection.js';
import { rowOf } from './snapshot.js';

/**
 * Which organisations are on and which off, and every stop, as a short text to compare. It is the same text again once every
 * answer is again what it was.
 */
export async function readDecisions(queries: Queries): Promise<string> {
  const { decisions } = await rowOf<{ decisions: string }>(
    queries,
    sql`
      SELECT concat_ws('.', answers.given, answers.hash, stops.begun, stops.ended) AS decisions
      FROM (
             SELECT count(*) AS given, sum(hashtextextended(org_id, telemetry_enabled::integer)) AS hash
             FROM org_settings
           ) answers,
           (SELECT count(stopped_at) AS begun, count(resumed_at) AS ended FROM telemetry_stops) stops`,
  );
  return decisions;
}
