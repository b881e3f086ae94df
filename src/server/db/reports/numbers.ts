import { type SQL, sql } from 'drizzle-orm';
import { MAX_DURATION_SECONDS, MAX_TOOL_CALLS } from '../../wire/reports/index.js';

// Counts and averages leave SQL as double precision: drivers hand out bigint and numeric as text.

/** How many rows. */
export function count(condition: SQL = sql`true`): SQL {
  return sql`(count(*) FILTER (WHERE ${condition}))::float8`;
}

/**
 * How many teams `runs` are of, as a value: those of one name in two organisations are two, and runs of no team are of none. By itself,
 * as a count of distinct pairs among others would sort all runs.
 */
export function countTeams(condition: SQL = sql`true`): SQL {
  return sql`(
    SELECT count(*) FROM (
      SELECT DISTINCT org_id, team_node_id FROM runs WHERE team_node_id IS NOT NULL AND ${condition}
    ) teams
  )::float8`;
}

/**
 * Condition: a duration that can be meant. NaN is larger than every number to PostgreSQL. The bounds are compared in the type of the
 * column: a number of any size is no error then.
 */
export const hasDuration = sql`duration_seconds BETWEEN 0 AND ${sql.raw(String(MAX_DURATION_SECONDS))}`;

/** Condition: a number of tool calls that can be meant. */
export const hasToolCalls = sql`tool_calls_count BETWEEN 0 AND ${sql.raw(String(MAX_TOOL_CALLS))}`;

/** An aggregate of the rows of a condition; null where they are fewer than `minGroup`, and so could tell of one of them. */
export function ofEnough(aggregate: SQL, condition: SQL, minGroup: number): SQL {
  return sql`CASE WHEN count(*) FILTER (WHERE ${condition}) >= ${minGroup}::float8
    THEN ${aggregate} FILTER (WHERE ${condition}) END`;
}

/** An aggregate to one decimal, halves away from zero; null stays null. */
export function toTenths(aggregate: SQL): SQL {
  return sql`round((${aggregate})::numeric, 1)::float8`;
}
