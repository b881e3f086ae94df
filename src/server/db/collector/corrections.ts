import { type SQL, sql } from 'drizzle-orm';
import { type Connection, type Queries, rowsOf } from '../connection.js';
import { at } from '../reports/counted.js';
import type { ReportId, ReportState } from './send-ledger.js';

/** The revision after the last that was accepted. */
interface Next {
  readonly revision: number;
  readonly state: ReportState;
}

/**
 * Open the revision after the last that was accepted. Whoever makes it at this moment has read another key than it has then, and begins
 * nothing with it.
 *
 * While the vendor may have that revision, it stays as it is, with its key, by which the vendor knows it; and the one after it is opened
 * too.
 */
export async function requestCorrection(connection: Connection, periodStartMs: number): Promise<ReportId> {
  const revision = await connection.transaction((queries) => openNext(queries, at(periodStartMs)));
  // None: it was noted or accepted between the look and the write, so that there is another look to take.
  if (revision === undefined) return requestCorrection(connection, periodStartMs);
  return { kind: 'daily', periodStartMs, revision };
}

async function openNext(queries: Queries, periodStart: SQL): Promise<number | undefined> {
  const lastAccepted = await readLastAccepted(queries, periodStart);
  const next = await lockRevision(queries, periodStart, lastAccepted + 1);
  if (next === undefined) return insert(queries, periodStart, lastAccepted + 1);
  if (next.state === 'accepted') return undefined;
  // By another statement than the lock, so that it sees what was begun before.
  const isToBeSettled = next.state !== 'refused' && (await mayHaveLeft(queries, periodStart, next.revision));
  if (!isToBeSettled) return reopen(queries, periodStart, next.revision, sql`gen_random_uuid()`);
  await reopen(queries, periodStart, next.revision, sql`idempotency_key`);
  const after = next.revision + 1;
  return (
    (await insert(queries, periodStart, after)) ??
    (await reopen(queries, periodStart, after, sql`gen_random_uuid()`))
  );
}

async function readLastAccepted(queries: Queries, periodStart: SQL): Promise<number> {
  const [row] = await rowsOf<{ revision: number }>(
    queries,
    sql`
      SELECT coalesce(max(revision), 0) AS revision FROM sotto_collector.reports
      WHERE kind = 'daily' AND period_start = ${periodStart} AND state = 'accepted'`,
  );
  return row?.revision ?? 0;
}

async function lockRevision(queries: Queries, periodStart: SQL, revision: number): Promise<Next | undefined> {
  const [row] = await rowsOf<Next>(
    queries,
    sql`
      SELECT revision, state FROM sotto_collector.reports
      WHERE kind = 'daily' AND period_start = ${periodStart} AND revision = ${revision}::integer FOR UPDATE`,
  );
  return row;
}

async function mayHaveLeft(queries: Queries, periodStart: SQL, revision: number): Promise<boolean> {
  const rows = await rowsOf(
    queries,
    sql`
      SELECT send_id FROM sotto_collector.sends
      WHERE kind = 'daily' AND period_start = ${periodStart} AND revision = ${revision}::integer
        AND (outcome IS NULL OR outcome = 'unknown')
      LIMIT 1`,
  );
  return rows.length > 0;
}

async function insert(queries: Queries, periodStart: SQL, revision: number): Promise<number | undefined> {
  const [row] = await rowsOf<{ revision: number }>(
    queries,
    sql`
      INSERT INTO sotto_collector.reports (kind, period_start, revision, is_correction)
      VALUES ('daily', ${periodStart}, ${revision}::integer, true)
      ON CONFLICT DO NOTHING RETURNING revision`,
  );
  return row?.revision;
}

async function reopen(
  queries: Queries,
  periodStart: SQL,
  revision: number,
  key: SQL,
): Promise<number | undefined> {
  const [row] = await rowsOf<{ revision: number }>(
    queries,
    sql`
      UPDATE sotto_collector.reports SET state = 'open', is_correction = true, idempotency_key = ${key}
      WHERE kind = 'daily' AND period_start = ${periodStart} AND revision = ${revision}::integer
        AND state <> 'accepted'
      RETURNING revision`,
  );
  return row?.revision;
}
