import { listSessions } from './list-sessions.js';
import { readSession } from './read-session.js';

/** The ledger in numbers. */
export interface LedgerSummary {
  readonly files: number;
  readonly bytes: number;
  /** Events that were recorded. */
  readonly recorded: number;
  /** Those of them that a server accepted. */
  readonly sent: number;
  /** When a server last accepted some: ISO 8601, UTC. Undefined: never. */
  readonly lastSentAt: string | undefined;
}

/**
 * Count what the ledger of a state directory holds: what was removed since does not count. One file at a time is in memory.
 *
 * @remarks Never throws; a file that cannot be read counts as a file without events.
 */
export function summarizeLedger(directory: string | undefined): LedgerSummary {
  const files = listSessions(directory);
  let [bytes, recorded, sent] = [0, 0, 0];
  let lastSentAt: string | undefined;
  for (const file of files) {
    bytes += file.bytes;
    for (const { sent_at } of readSession(file)?.events ?? []) {
      recorded += 1;
      if (sent_at === null) continue;
      sent += 1;
      // ISO 8601 in UTC sorts as text.
      if (lastSentAt === undefined || sent_at > lastSentAt) lastSentAt = sent_at;
    }
  }
  return { files: files.length, bytes, recorded, sent, lastSentAt };
}
