import type { HealthPart } from '../../observe/index.js';
import type { SendResult } from './results.js';

/** What a process has seen of its own sending. */
export interface SendingNotes {
  lastHeartbeatAtMs: number | undefined;
  lastDailyDate: string | undefined;
  failedHeartbeats: number;
  isLeaseHeld: boolean;
  /** Whether the ledger could not be reached when it was last needed. */
  isLedgerAway: boolean;
}

/** So many failures in a row are no accident of one moment. */
const TOO_MANY_FAILURES = 2;

export function createSendingNotes(): SendingNotes {
  return {
    lastHeartbeatAtMs: undefined,
    lastDailyDate: undefined,
    failedHeartbeats: 0,
    isLeaseHeld: false,
    isLedgerAway: false,
  };
}

export function noteHeartbeat(notes: SendingNotes, result: SendResult, nowMs: number): void {
  if (result.status === 'accepted') {
    notes.lastHeartbeatAtMs = nowMs;
    notes.failedHeartbeats = 0;
  } else if (result.status === 'nobody_counted') {
    notes.failedHeartbeats = 0;
  } else if (result.status !== 'withheld' || result.reason === 'database') {
    notes.failedHeartbeats += 1;
  }
}

/** Degraded when the last two heartbeats were not accepted, or the ledger is away. A process that waits for its turn is well. */
export function createSenderHealth(notes: Readonly<SendingNotes>): HealthPart {
  return {
    name: 'collector',
    async read() {
      const { lastHeartbeatAtMs, lastDailyDate, failedHeartbeats, isLeaseHeld, isLedgerAway } = notes;
      return {
        status: failedHeartbeats >= TOO_MANY_FAILURES || isLedgerAway ? 'degraded' : 'ok',
        details: {
          last_heartbeat_at:
            lastHeartbeatAtMs === undefined ? null : new Date(lastHeartbeatAtMs).toISOString(),
          last_daily_date: lastDailyDate ?? null,
          lease_held: isLeaseHeld,
        },
      };
    },
  };
}
