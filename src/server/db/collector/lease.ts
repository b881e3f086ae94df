import { type SQL, sql } from 'drizzle-orm';
import { type Connection, rowsOf } from '../connection.js';
import type { Lease } from './send-ledger.js';

/** A lease that ends later from now than this many of its durations was taken while the database's clock was ahead. */
const DURATIONS_AT_MOST = 2;

/**
 * Take it when nobody has it, when it has run out, or when it is one's own; also when it would last longer than a lease can. One
 * statement: of many that try at once, one succeeds.
 */
export async function takeLease(
  connection: Connection,
  holder: string,
  durationMs: number,
): Promise<Lease | undefined> {
  const after = (ms: number) => sql`clock_timestamp() + ${ms}::double precision * interval '1 millisecond'`;
  const [row] = await connection.transaction((queries) =>
    rowsOf<{ fence: string }>(
      queries,
      sql`
        INSERT INTO sotto_collector.lease AS held (holder, fence, expires_at) VALUES (${holder}::uuid, 1, ${after(durationMs)})
        ON CONFLICT (lease_id) DO UPDATE
        SET holder = excluded.holder, expires_at = excluded.expires_at,
            fence = held.fence + (held.holder IS DISTINCT FROM excluded.holder)::integer
        WHERE held.holder IS NULL OR held.holder = excluded.holder OR held.expires_at <= clock_timestamp()
           OR held.expires_at > ${after(DURATIONS_AT_MOST * durationMs)}
        RETURNING fence::text`,
    ),
  );
  return row && { holder, fence: Number(row.fence) };
}

export async function releaseLease(connection: Connection, { holder, fence }: Lease): Promise<void> {
  await connection.transaction((queries) =>
    queries.execute(
      sql`UPDATE sotto_collector.lease SET holder = NULL WHERE holder = ${holder}::uuid AND fence = ${fence}`,
    ),
  );
}

/**
 * The row of the lease, as a query with one row or none. It is locked until the statement has been committed, so that nobody takes the
 * lease between the look and the write.
 */
export function heldBy({ fence }: Lease): SQL {
  return sql`SELECT fence FROM sotto_collector.lease WHERE fence = ${fence} FOR SHARE`;
}

/** As {@link heldBy}, and none when it has run out or was given back: for what begins. */
export function heldNowBy({ holder, fence }: Lease): SQL {
  return sql`
    SELECT fence FROM sotto_collector.lease
    WHERE fence = ${fence} AND holder = ${holder}::uuid AND expires_at > clock_timestamp()
    FOR SHARE`;
}
