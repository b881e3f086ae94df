import { sql } from 'drizzle-orm';
import { type Connection, type Queries, rowsOf } from '../connection.js';
import { at } from '../reports/counted.js';
import { requestCorrection } from './corrections.js';
import { releaseLease, takeLease } from './lease.js';
import { readDays, readLastAcceptedDate, skipDay } from './noted-days.js';
import type { CollectorInstallation, SendLedger } from './send-ledger.js';
import { beginSend, finishSend, readKey } from './sends.js';
import { readSent } from './sent.js';

/** Over a database that has the tables of the area `collector`. */
export function createSendLedger(connection: Connection): SendLedger {
  return {
    register: (nowMs) => register(connection, nowMs),
    readInstallation: () => connection.run(readInstallation),
    takeLease: (holder, durationMs) => takeLease(connection, holder, durationMs),
    releaseLease: (lease) => releaseLease(connection, lease),
    readLastHeartbeatMs: () => readLastHeartbeatMs(connection),
    readDays: (fromMs) => readDays(connection, fromMs),
    readLastAcceptedDate: () => readLastAcceptedDate(connection),
    readKey: (report) => readKey(connection, report),
    begin: (lease, report, key, body) => beginSend(connection, lease, report, key, body),
    finish: (lease, sendId, end) => finishSend(connection, lease, sendId, end),
    skip: (lease, report) => skipDay(connection, lease, report),
    requestCorrection: (periodStartMs) => requestCorrection(connection, periodStartMs),
    sent: (limit) => readSent(connection, limit),
  };
}

async function register(connection: Connection, nowMs: number): Promise<CollectorInstallation> {
  const noted = await connection.transaction(async (queries) => {
    await queries.execute(
      // Back only: the clock of the first start may have been ahead, and no day before it would ever be sent.
      sql`
        INSERT INTO sotto_collector.installation AS noted (first_started_at) VALUES (${at(nowMs)})
        ON CONFLICT (installation_id) DO UPDATE SET first_started_at = excluded.first_started_at
        WHERE noted.first_started_at > excluded.first_started_at`,
    );
    return readInstallation(queries);
  });
  return noted ?? { firstStartedAtMs: nowMs, jitterSeed: '' };
}

async function readInstallation(queries: Queries): Promise<CollectorInstallation | undefined> {
  const [row] = await rowsOf<{ first_ms: string; jitter_seed: string }>(
    queries,
    sql`
      SELECT floor(extract(epoch FROM first_started_at) * 1000)::bigint::text AS first_ms, jitter_seed
      FROM sotto_collector.installation`,
  );
  return row && { firstStartedAtMs: Number(row.first_ms), jitterSeed: row.jitter_seed };
}

async function readLastHeartbeatMs(connection: Connection): Promise<number | undefined> {
  const [row] = await connection.run((queries) =>
    rowsOf<{ last_ms: string }>(
      queries,
      // The one that was noted last, and not the latest: the clock may have gone back since.
      sql`
        SELECT floor(extract(epoch FROM period_start) * 1000)::bigint::text AS last_ms
        FROM sotto_collector.sends WHERE kind = 'heartbeat' ORDER BY send_id DESC LIMIT 1`,
    ),
  );
  return row && Number(row.last_ms);
}
