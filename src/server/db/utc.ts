import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** A moment as ISO 8601 in UTC with microseconds, whatever the time zone of the session. Null stays null: say so in `T`. */
export function utc<T extends string | null = string>(moment: SQLWrapper): SQL<T> {
  return sql<T>`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/** @param unixMs - Unix time in milliseconds */
export const momentOf = (unixMs: number): SQL => sql`to_timestamp(${unixMs}::double precision / 1000)`;
