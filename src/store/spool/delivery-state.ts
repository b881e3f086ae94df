import { join } from 'node:path';
import { readSmallFile, replaceFile } from '../../internal/index.js';
import { hasSpool } from './note-files.js';
import { SPOOL_FOLDER, STATE_FILE } from './note-name.js';
import {
  type DeliveryRecord,
  formatDelivery,
  type HostState,
  type LossReason,
  NO_TROUBLE,
  parseDelivery,
} from './state-text.js';

/** What is kept of one server. Both can be called without the object they come from. */
export interface DeliveryState {
  /** What is kept now; no trouble when there is no file or it is broken. Never throws. */
  readonly read: () => HostState;
  /** Put this in its place. Never throws: where nothing can be kept, nothing is. */
  readonly write: (state: HostState) => void;
}

const MAX_FILE_BYTES = 65_536;
const MAX_HOSTS = 10;

/**
 * Of one server in the file `spool/state.json` of the state directory:
 * `{ "hosts": { "https://…": { "failures": 3, "first_failure_at": "2026-11-21T08:30:00.000Z", "not_before": …,
 * "server_said": false } }, "dropped": { "record_torn": 1 } }`. At most ten servers, those that failed last.
 *
 * @param host - its address
 * @remarks Is written only where there is a spool: what an opt-out erased does not come back by a request that was under way.
 */
export function createDeliveryState(directory: string, host: string): DeliveryState {
  return {
    read: () => readDelivery(directory).hosts.get(host) ?? NO_TROUBLE,
    write: (state) =>
      change(directory, ({ hosts, dropped }) => {
        const others = [...hosts].filter(([name]) => name !== host);
        const all = state.failures > 0 ? [...others, [host, state] as const] : others;
        return { hosts: new Map(all.slice(-MAX_HOSTS)), dropped };
      }),
  };
}

/** Everything that is kept: nothing when there is no file or it is broken. Never throws. */
export function readDelivery(directory: string): DeliveryRecord {
  const file = readSmallFile(join(directory, SPOOL_FOLDER, STATE_FILE), MAX_FILE_BYTES);
  return parseDelivery(file.status === 'found' ? new TextDecoder().decode(file.bytes) : '');
}

/** Count events that were lost. Never throws: where nothing can be kept, nothing is. */
export function countLost(directory: string, reason: LossReason, count: number): void {
  change(directory, ({ hosts, dropped }) => ({
    hosts,
    dropped: { ...dropped, [reason]: (dropped[reason] ?? 0) + count },
  }));
}

function change(directory: string, to: (kept: DeliveryRecord) => DeliveryRecord): void {
  try {
    if (!hasSpool(directory)) return;
    const path = join(directory, SPOOL_FOLDER, STATE_FILE);
    replaceFile(path, formatDelivery(to(readDelivery(directory))));
  } catch {
    // A full or read-only disk: the next process knows nothing of it.
  }
}
