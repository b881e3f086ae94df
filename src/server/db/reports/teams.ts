import { type SQL, sql } from 'drizzle-orm';
import { isOnNow } from './counted.js';

/** How many teams the organisations have that are on now, as a value. */
export function countAllTeams(enabledByDefault: boolean): SQL {
  return sql`(
    SELECT count(*) FROM org_nodes node
    WHERE node.node_type = 'team' AND ${isOnNow(sql`node.org_id`, enabledByDefault)}
  )::float8`;
}
