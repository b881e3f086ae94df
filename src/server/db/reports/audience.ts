import { sql } from 'drizzle-orm';
import type { NextReports, Period } from '../../wire/reports/index.js';
import type { Queries } from '../connection.js';
import { isOnNow, startedIn } from './counted.js';
import { rowOf } from './snapshot.js';

/** Whether a report may be made, and if not why. */
export type Audience = NextReports['reason'];

/**
 * Whether anybody is counted.
 *
 * An organisation is known by its node, by its settings, or by a run in the period. With a default of yes, an
 * installation that knows nobody yet is reported with zeros: nobody in it has said no.
 */
export async function readAudience(
  queries: Queries,
  period: Period,
  enabledByDefault: boolean,
): Promise<Audience> {
  const row = await rowOf<{ stopped: boolean; somebody: boolean; known: boolean }>(
    queries,
    sql`
      WITH known AS NOT MATERIALIZED (
        SELECT node.org_id FROM org_nodes node WHERE node.node_type = 'org'
        UNION ALL SELECT settings.org_id FROM org_settings settings
        UNION ALL SELECT run.org_id FROM agent_runs run WHERE ${startedIn(sql`run.started_at`, period)}
      )
      SELECT EXISTS (SELECT FROM telemetry_stops WHERE resumed_at IS NULL) AS stopped,
             EXISTS (SELECT FROM known WHERE ${isOnNow(sql`known.org_id`, enabledByDefault)}) AS somebody,
             EXISTS (SELECT FROM known WHERE known.org_id IS NOT NULL) AS known`,
  );
  if (row.stopped) return 'stopped';
  return row.somebody || (enabledByDefault && !row.known) ? 'counted' : 'nobody_counted';
}
