import { listSessions } from './list-sessions.js';
import { type RecordedEvent, readSession } from './read-session.js';

/** An event, and the file of the ledger it stands in. */
export interface LastEvent {
  readonly event: RecordedEvent;
  readonly fileName: string;
}

/** Hardly ever more: who writes so many files in the time that the last events are of, writes more than anybody reads. */
const MAX_FILES = 8;

/**
 * The last recorded events of every process, newest first.
 *
 * @param directory - the state directory
 * @param max - how many
 * @returns none where there is no ledger. Never throws
 * @remarks Reads one file at a time, the last written first, and none that cannot hold one of them.
 */
export function readLastEvents(directory: string | undefined, max: number): readonly LastEvent[] {
  const lastWrittenFirst = listSessions(directory).toSorted((a, b) => b.modifiedMs - a.modifiedMs);
  let last: readonly LastEvent[] = [];
  for (const [at, file] of lastWrittenFirst.entries()) {
    const oldest = last.length < max ? undefined : last.at(-1)?.event.recorded_at;
    // Nothing in it was recorded after its last write. File systems cut times to a second or two.
    const isOlder = oldest !== undefined && Date.parse(oldest) > file.modifiedMs + 2_000;
    if (isOlder || (oldest !== undefined && at >= MAX_FILES)) break;
    const events = readSession(file)?.events ?? [];
    const found = events.slice(-max).map((event) => ({ event, fileName: file.name }));
    // Of one moment, the last recorded first: sorting keeps the order of what is equal.
    last = [...found.reverse(), ...last].sort(byRecordingDown).slice(0, max);
  }
  return last;
}

/** ISO 8601 in UTC sorts as text. */
function byRecordingDown({ event: a }: LastEvent, { event: b }: LastEvent): number {
  if (a.recorded_at === b.recorded_at) return 0;
  return a.recorded_at < b.recorded_at ? 1 : -1;
}
