import { sql } from 'drizzle-orm';
import type { SentReport } from '../../wire/reports/index.js';
import { type Connection, rowsOf } from '../connection.js';
import { utc } from '../utc.js';
import { at } from './counted.js';
import type { NewSentReport } from './report-repository.js';

/** A heartbeat every five minutes is 8,640 rows in this time. */
const KEPT_HEARTBEAT_MS = 30 * 24 * 60 * 60 * 1000;

/** Newest first; at most `limit` of each kind. */
export function readSent(connection: Connection, limit: number): Promise<readonly SentReport[]> {
  return connection.run((queries) =>
    rowsOf<SentReport>(
      queries,
      sql`
        SELECT report.kind, ${utc(sql`report.sent_at`)} AS sent_at, ${utc(sql`report.period_start`)} AS period_start,
               report.payload
        FROM (
          SELECT *, row_number() OVER (PARTITION BY kind ORDER BY sent_at DESC, period_start DESC) AS place
          FROM sent_reports
        ) report
        WHERE report.place <= ${limit}
        ORDER BY report.sent_at DESC, report.period_start DESC, report.kind`,
    ),
  );
}

/** @returns false when the kind and period were there before */
export function insertSent(connection: Connection, report: NewSentReport): Promise<boolean> {
  const { kind, periodStartMs, sentAtMs } = report;
  const payload = JSON.stringify(report.payload);
  return connection.transaction(async (queries) => {
    const inserted = await rowsOf(
      queries,
      sql`
        INSERT INTO sent_reports (kind, period_start, sent_at, payload)
        VALUES (${kind}, ${at(periodStartMs)}, ${at(sentAtMs)}, ${payload}::json)
        ON CONFLICT (kind, period_start) DO NOTHING
        RETURNING kind`,
    );
    await queries.execute(
      sql`DELETE FROM sent_reports WHERE kind = 'heartbeat' AND sent_at < ${at(sentAtMs - KEPT_HEARTBEAT_MS)}`,
    );
    return inserted.length === 1;
  });
}
