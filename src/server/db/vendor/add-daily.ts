import { sql } from 'drizzle-orm';
import type { DailyReport } from '../../wire/reports/index.js';
import { type Queries, rowsOf } from '../connection.js';
import { momentOf } from '../utc.js';
import { contentHashOf, toCounts } from './content-hash.js';
import type { AddReportResult, DailyArrival } from './received-reports.js';
import { findUse, type KeyUse, noteUse } from './report-keys.js';

/** To be called in a transaction: a report is kept with its key, and the one before it superseded, or nothing is changed. */
export async function addDaily(
  queries: Queries,
  report: DailyReport,
  { idempotencyKey, receivedAtMs, isTimely, revision }: DailyArrival,
): Promise<AddReportResult> {
  const { customer_id: customerId, date } = report;
  const about = `${date}T00:00:00.000Z`;
  const use: KeyUse = { idempotencyKey, customerId, kind: 'daily', about, revision, receivedAtMs };
  const contentHash = contentHashOf(report);
  const used = await findUse(queries, use, async () => {
    const kept = (await readRevisions(queries, report))[revision - 1];
    return kept === undefined || kept === contentHash;
  });
  if (used !== undefined) return used;
  if (!isTimely) return { status: 'stale' };

  const known = await readRevisions(queries, report);
  const lastRevision = known.length;
  if (revision !== lastRevision + 1) return compare(known, revision, contentHash);
  if (!(await insertDaily(queries, report, revision, receivedAtMs, contentHash))) {
    return compare(await readRevisions(queries, report), revision, contentHash);
  }
  await supersede(queries, report, revision, receivedAtMs);
  await noteUse(queries, use);
  return { status: 'accepted' };
}

/**
 * What one is that is not the next. Two processes of a customer may have counted the same day, one a little later than the other: the
 * last revision was then accepted all the same, whatever it says. An older one that says something new is lost.
 *
 * @param known - the hashes of the revisions that there are, from the first on
 */
function compare(known: readonly string[], revision: number, contentHash: string): AddReportResult {
  const kept = known[revision - 1];
  const isSame = kept === contentHash;
  if (kept !== undefined && (isSame || revision === known.length)) return { status: 'duplicate', isSame };
  return { status: 'out_of_order', lastRevision: known.length };
}

async function readRevisions(
  queries: Queries,
  { customer_id, date }: DailyReport,
): Promise<readonly string[]> {
  const rows = await rowsOf<{ hash: string }>(
    queries,
    sql`
      SELECT content_hash AS hash FROM sotto_vendor.daily_reports
      WHERE customer_id = ${customer_id} AND date = ${date}::date ORDER BY revision`,
  );
  return rows.map(({ hash }) => hash);
}

/** @returns false when there is one of this revision. Waits for who adds it at the same moment. */
async function insertDaily(
  queries: Queries,
  { customer_id, date, analytics }: DailyReport,
  revision: number,
  receivedAtMs: number,
  contentHash: string,
): Promise<boolean> {
  const rows = await rowsOf(
    queries,
    sql`
      INSERT INTO sotto_vendor.daily_reports (
        customer_id, date, revision, received_at, content_hash, total_runs, successful_runs, failed_runs, timeout_runs,
        avg_duration_seconds, p50_duration_seconds, p95_duration_seconds, p99_duration_seconds, avg_tool_calls,
        total_teams, active_teams, runs_by_trigger, runs_by_agent, top_errors
      )
      VALUES (
        ${customer_id}, ${date}::date, ${revision}, ${momentOf(receivedAtMs)}, ${contentHash},
        ${analytics.total_runs}, ${analytics.successful_runs}, ${analytics.failed_runs}, ${analytics.timeout_runs},
        ${analytics.avg_duration_seconds}, ${analytics.p50_duration_seconds}, ${analytics.p95_duration_seconds},
        ${analytics.p99_duration_seconds}, ${analytics.avg_tool_calls}, ${analytics.total_teams}, ${analytics.active_teams},
        ${JSON.stringify(analytics.runs_by_trigger)}::jsonb, ${JSON.stringify(analytics.runs_by_agent)}::jsonb,
        ${JSON.stringify(toCounts(analytics.top_errors))}::jsonb
      )
      ON CONFLICT DO NOTHING RETURNING revision`,
  );
  return rows.length > 0;
}

function supersede(
  queries: Queries,
  { customer_id, date }: DailyReport,
  revision: number,
  receivedAtMs: number,
) {
  return queries.execute(sql`
    UPDATE sotto_vendor.daily_reports SET superseded_at = ${momentOf(receivedAtMs)}
    WHERE customer_id = ${customer_id} AND date = ${date}::date AND revision < ${revision} AND superseded_at IS NULL`);
}
