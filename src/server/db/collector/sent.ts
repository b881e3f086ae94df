import { type SQL, sql } from 'drizzle-orm';
import type { ReportKind, SentReport } from '../../wire/reports/index.js';
import { type Connection, rowsOf } from '../connection.js';
import { utc } from '../utc.js';

/** Newest first; at most `limit` of each kind. A line without an end may have left. */
export function readSent(connection: Connection, limit: number): Promise<readonly SentReport[]> {
  return connection.run((queries) =>
    rowsOf<SentReport>(
      queries,
      sql`
        SELECT line.kind, ${utc(sql`line.started_at`)} AS sent_at, ${utc(sql`line.period_start`)} AS period_start,
               line.payload
        FROM ((${newest('heartbeat', limit)}) UNION ALL (${newest('daily', limit)})) line
        ORDER BY line.send_id DESC`,
    ),
  );
}

function newest(kind: ReportKind, limit: number): SQL {
  return sql`
    SELECT * FROM sotto_collector.sends
    WHERE kind = ${kind} AND (outcome IS NULL OR outcome IN ('accepted', 'refused', 'unknown'))
    ORDER BY send_id DESC LIMIT ${limit}`;
}
