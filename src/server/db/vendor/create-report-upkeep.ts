import type { Connection } from '../connection.js';
import { createTurns, deleteOld, keepParts, keptRange, type PartedTable } from '../parts/index.js';
import type { ReportUpkeep } from './upkeep.js';

/** Any number, as long as it stays the same: of all processes that keep order at the same time, one does, and the others then find it done. */
const LOCK_KEY = 7_311_004;

const LOCK_KEEPING = `SELECT pg_advisory_xact_lock(${LOCK_KEY})`;

/** A daily report may be of the month before this one. */
const HEARTBEATS: PartedTable = { name: 'heartbeats', column: 'sent_at', monthsBehind: 1 };
const DAILY_REPORTS: PartedTable = { name: 'daily_reports', column: 'date', monthsBehind: 1 };

/** A heartbeat of yesterday is refused for its age, and a daily report of 31 days ago. */
const KEYS_KEPT_DAYS = { heartbeat: 1, daily: 40 } as const;

const DAY_MS = 86_400_000;

export function createReportUpkeep(connection: Connection): ReportUpkeep {
  const inTurn = createTurns(connection, LOCK_KEEPING);

  async function deleteSums(nowMs: number, retentionDays: number): Promise<number> {
    const { keptSince } = keptRange({ nowMs, retentionDays });
    return deleteOld(inTurn, 'heartbeat_days', `date < '${keptSince}'`);
  }

  async function deleteKeys(nowMs: number): Promise<number> {
    let deleted = 0;
    for (const [kind, days] of Object.entries(KEYS_KEPT_DAYS)) {
      const until = new Date(nowMs - days * DAY_MS).toISOString();
      deleted += await deleteOld(inTurn, 'report_keys', `kind = '${kind}' AND received_at < '${until}'`);
    }
    return deleted;
  }

  return {
    async run({ nowMs, heartbeatRetentionDays, dailyRetentionDays }) {
      const heartbeats = await keepParts(inTurn, HEARTBEATS, {
        nowMs,
        retentionDays: heartbeatRetentionDays,
      });
      const daily = await keepParts(inTurn, DAILY_REPORTS, { nowMs, retentionDays: dailyRetentionDays });
      const sums = await deleteSums(nowMs, dailyRetentionDays);
      const keys = await deleteKeys(nowMs);
      return {
        partsMade: heartbeats.partsMade + daily.partsMade,
        partsDropped: heartbeats.partsDropped + daily.partsDropped,
        rowsDeleted: heartbeats.rowsDeleted + daily.rowsDeleted + sums + keys,
      };
    },
  };
}
