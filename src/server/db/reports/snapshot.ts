import { type SQL, sql } from 'drizzle-orm';
import { type Connection, type Queries, rowsOf } from '../connection.js';

/** Read in one transaction: every statement sees the same moment, and none can write. */
export function inSnapshot<T>(connection: Connection, read: (queries: Queries) => Promise<T>): Promise<T> {
  return connection.transaction(async (queries) => {
    await queries.execute(sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`);
    // Times without a zone, as the product's own tables may have, are of UTC.
    await queries.execute(sql`SET LOCAL TIME ZONE 'UTC'`);
    return read(queries);
  });
}

/** The row of a statement that always selects exactly one. Its columns are not checked. */
export async function rowOf<Row>(queries: Queries, query: SQL): Promise<Row> {
  const [row] = await rowsOf<Row>(queries, query);
  return row as Row;
}
