import { type SQL, sql } from 'drizzle-orm';
import type { Connection } from '../connection.js';
import { startedIn } from '../reports/counted.js';
import { inSnapshot, rowOf } from '../reports/snapshot.js';
import type { EntitlementRepository } from './entitlement-repository.js';

/** Over a database that has the tables of the product. */
export function createEntitlementRepository(connection: Connection): EntitlementRepository {
  const count = (rows: SQL) =>
    inSnapshot(connection, async (queries) => {
      const row = await rowOf<{ found: number }>(queries, sql`SELECT count(*)::float8 AS found FROM ${rows}`);
      return row.found;
    });
  return {
    countTeams: () => count(sql`org_nodes node WHERE node.node_type = 'team'`),
    countRuns: (period) => count(sql`agent_runs run WHERE ${startedIn(sql`run.started_at`, period)}`),
  };
}
