import { type SQL, sql } from 'drizzle-orm';
import { type Connection, type Queries, rowsOf } from '../connection.js';

/** Read in one transaction: every statement sees the same moment, and none can write. */
export function inSnapshot<T>(connection: Connection, read: (queries: Queries) => Promise<T>): Promise<T> {
  return connection.transaction(async (queries) => {
    await queries.execute(sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`);
    await queries.execute(SESSION);
    return read(queries);
  });
}

/**
 * Value, to be selected once in a transaction: where a policy for rows would hide some of them, reading fails. A no that is hidden would
 * be no no.
 */
export const everyRowOrNone = sql`set_config('row_security', 'off', true)`;

/**
 * Times without a zone, as the product's own tables may have, are of UTC. The durations of a day are sorted in memory. A plan is not
 * compiled: that would take longer than the few tenths of a second that it runs.
 */
const SESSION = sql`SELECT set_config('TimeZone', 'UTC', true), set_config('work_mem', '32MB', true), set_config('jit', 'off', true),
                           ${everyRowOrNone}`;

/** The row of a statement that always selects exactly one. Its columns are not checked. */
export async function rowOf<Row>(queries: Queries, query: SQL): Promise<Row> {
  const [row] = await rowsOf<Row>(queries, query);
  return row as Row;
}
