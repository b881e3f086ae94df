import { sql } from 'drizzle-orm';
import { type Connection, rowsOf } from '../connection.js';
import { at } from '../reports/counted.js';
import { heldBy, heldNowBy } from './lease.js';
import type { BegunSend, Lease, ReportId, SendEnd } from './send-ledger.js';

/** A heartbeat every five minutes is 8,640 rows in this time. */
const KEPT_HEARTBEAT_DAYS = 30;

export async function readKey(
  connection: Connection,
  { kind, periodStartMs, revision }: ReportId,
): Promise<string | undefined> {
  const [row] = await connection.run((queries) =>
    rowsOf<{ key: string }>(
      queries,
      sql`
        SELECT idempotency_key::text AS key FROM sotto_collector.reports
        WHERE (kind, period_start, revision) = (${kind}, ${at(periodStartMs)}, ${revision}::integer)`,
    ),
  );
  return row?.key;
}

/** The report, unless it is settled, and a line of this attempt: both, or with a lease that does not hold neither. */
export async function beginSend(
  connection: Connection,
  lease: Lease,
  { kind, periodStartMs, revision }: ReportId,
  key: string | undefined,
  body: string,
): Promise<BegunSend | undefined> {
  const periodStart = at(periodStartMs);
  const [row] = await connection.transaction(async (queries) => {
    await queries.execute(sql`
      DELETE FROM sotto_collector.reports
      WHERE kind = 'heartbeat' AND noted_at < clock_timestamp() - ${KEPT_HEARTBEAT_DAYS} * interval '1 day'`);
    return rowsOf<{ send_id: string; idempotency_key: string }>(
      queries,
      sql`
        WITH held AS (${heldNowBy(lease)}),
        report AS (
          INSERT INTO sotto_collector.reports AS noted (kind, period_start, revision)
          SELECT ${kind}, ${periodStart}, ${revision}::integer FROM held
          ON CONFLICT (kind, period_start, revision) DO UPDATE SET state = noted.state
          WHERE noted.state = 'open' AND noted.idempotency_key = ${key ?? null}::uuid
          RETURNING kind, period_start, revision, idempotency_key
        ),
        line AS (
          INSERT INTO sotto_collector.sends (kind, period_start, revision, fence, payload)
          SELECT report.kind, report.period_start, report.revision, held.fence, ${body}::json FROM report, held
          RETURNING send_id
        )
        SELECT line.send_id::text, report.idempotency_key FROM line, report`,
    );
  });
  return row && { sendId: Number(row.send_id), idempotencyKey: row.idempotency_key };
}

export async function finishSend(
  connection: Connection,
  lease: Lease,
  sendId: number,
  { outcome, httpStatus, state }: SendEnd,
): Promise<boolean> {
  const rows = await connection.transaction((queries) =>
    rowsOf(
      queries,
      sql`
        WITH held AS (${heldBy(lease)}),
        line AS (
          UPDATE sotto_collector.sends
          SET ended_at = clock_timestamp(), outcome = ${outcome}, http_status = ${httpStatus ?? null}::integer
          FROM held WHERE send_id = ${sendId} AND ended_at IS NULL
          RETURNING kind, period_start, revision
        )
        UPDATE sotto_collector.reports report SET state = ${state}
        FROM line
        WHERE (report.kind, report.period_start, report.revision) = (line.kind, line.period_start, line.revision)
        RETURNING report.state`,
    ),
  );
  return rows.length === 1;
}
