import { peekWaiting, readLastEvents } from '../../store/index.js';
import { type LedgerEvent, toLedgerEvent } from './event-state.js';

/** The last events of every process, newest first, with what has become of them. Never throws, and makes nothing. */
export function readLedgerEvents(directory: string | undefined, max: number): readonly LedgerEvent[] {
  const waiting = waitingFilesOf(directory);
  return readLastEvents(directory, max).map((event) => toLedgerEvent(event, waiting));
}

/** Names of the files of the ledger that hold what waits to be sent. */
export function waitingFilesOf(directory: string | undefined): ReadonlySet<string> {
  return new Set(directory === undefined ? [] : peekWaiting(directory).map(({ fileName }) => fileName));
}
