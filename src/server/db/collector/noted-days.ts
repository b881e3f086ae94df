import { type SQL, sql } from 'drizzle-orm';
import { type Connection, rowsOf } from '../connection.js';
import { at } from '../reports/counted.js';
import { heldNowBy } from './lease.js';
import type { Lease, NotedDay, ReportId, ReportState } from './send-ledger.js';

interface DayRow {
  readonly date_utc: string;
  readonly revision: number;
  readonly state: ReportState;
  readonly is_correction: boolean;
  readonly idempotency_key: string;
}

const dateUtc: SQL = sql`to_char(period_start AT TIME ZONE 'UTC', 'YYYY-MM-DD')`;

/**
 * Each day from `fromMs` on, and each older one that a correction was asked of; oldest first. Of its revisions the first that is open, as
 * the vendor takes them in order, or else the latest.
 */
export async function readDays(connection: Connection, fromMs: number): Promise<readonly NotedDay[]> {
  const rows = await connection.run((queries) =>
    rowsOf<DayRow>(
      queries,
      sql`
        SELECT DISTINCT ON (period_start) ${dateUtc} AS date_utc, revision, state, is_correction, idempotency_key
        FROM sotto_collector.reports
        WHERE kind = 'daily' AND (period_start >= ${at(fromMs)} OR (is_correction AND state = 'open'))
        ORDER BY period_start, state <> 'open', CASE state WHEN 'open' THEN revision ELSE -revision END`,
    ),
  );
  return rows.map((row) => ({
    dateUtc: row.date_utc,
    revision: row.revision,
    state: row.state,
    isCorrection: row.is_correction,
    idempotencyKey: row.idempotency_key,
  }));
}

export async function readLastAcceptedDate(connection: Connection): Promise<string | undefined> {
  const [row] = await connection.run((queries) =>
    rowsOf<Pick<DayRow, 'date_utc'>>(
      queries,
      sql`
        SELECT ${dateUtc} AS date_utc FROM sotto_collector.reports
        WHERE kind = 'daily' AND state = 'accepted' ORDER BY period_start DESC LIMIT 1`,
    ),
  );
  return row?.date_utc;
}

export async function skipDay(
  connection: Connection,
  lease: Lease,
  { kind, periodStartMs, revision }: ReportId,
): Promise<boolean> {
  const rows = await connection.transaction((queries) =>
    rowsOf(
      queries,
      sql`
        WITH held AS (${heldNowBy(lease)})
        INSERT INTO sotto_collector.reports AS noted (kind, period_start, revision, state)
        SELECT ${kind}, ${at(periodStartMs)}, ${revision}::integer, 'skipped' FROM held
        ON CONFLICT (kind, period_start, revision) DO UPDATE SET state = 'skipped' WHERE noted.state = 'open'
        RETURNING state`,
    ),
  );
  return rows.length === 1;
}
