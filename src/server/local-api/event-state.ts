import type { LastEvent, RecordedEvent } from '../../store/index.js';

/** What has become of an event: only `waiting` may still leave. */
export type EventState = 'recorded' | 'waiting' | 'sent' | 'dropped';

/** An event of the ledger, as the local API tells it. */
export interface LedgerEvent extends Omit<RecordedEvent, 'event_type' | 'properties'> {
  readonly event: string;
  readonly state: EventState;
  /** The text of the very bytes that leave. */
  readonly properties: string;
}

/** @param waitingFiles - names of the files of the ledger that hold what waits to be sent */
export function toLedgerEvent(
  { event: recorded, fileName }: LastEvent,
  waitingFiles: ReadonlySet<string>,
): LedgerEvent {
  const { event_type: event, properties, ...rest } = recorded;
  const state = stateOf(recorded, waitingFiles.has(fileName));
  return { event, ...rest, state, properties: JSON.stringify(properties) };
}

function stateOf({ sent_at, dropped_reason }: RecordedEvent, isWaiting: boolean): EventState {
  if (sent_at !== null) return 'sent';
  if (dropped_reason !== null) return 'dropped';
  return isWaiting ? 'waiting' : 'recorded';
}
