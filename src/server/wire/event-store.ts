import type { JsonObject } from '../http/index.js';

/** Reading an event back serializes it by recursion, so deeper properties could be stored but never read. */
export const MAX_PROPERTY_LEVELS = 64;

/** One event as PostHog's clients send it, in the spelling of the wire. Everything else a client sends is left out. */
export interface IngestEvent {
  /** RFC 4122 form, in lower case. An event is counted once by it and the time of `timestamp`. */
  readonly uuid: string;
  readonly event: string;
  readonly distinct_id: string;
  /** ISO 8601 with an offset: the time the client says the event happened. */
  readonly timestamp: string;
  readonly properties: JsonObject;
}

/** An event with the time it arrived here. Nothing about the connection that brought it is kept. */
export interface StoredEvent extends IngestEvent {
  /** Unix time in milliseconds, by the server's clock. */
  readonly receivedAtMs: number;
}

/** What one `add` did: `accepted + duplicates` is the number of events given. */
export interface AddResult {
  readonly accepted: number;
  /** Events whose uuid and time were stored before, or came earlier in the same call. The first one is kept. */
  readonly duplicates: number;
}

/** Which events to read, and how many. Absent members do not narrow. */
export interface EventQuery {
  readonly event?: string;
  readonly distinct_id?: string;
  /** A whole number, at least 1. */
  readonly limit: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
}

/** Events in the order in which they were stored, oldest first. */
export interface EventPage {
  readonly events: readonly StoredEvent[];
  /** Where the next page starts; `null` when no later event matched at the time of the call. */
  readonly nextCursor: string | null;
}

export interface EventCounts {
  /** Events that `list` can return. */
  readonly total: number;
  /** `total` by event name; a name without events is absent. */
  readonly byEvent: Readonly<Record<string, number>>;
  /** Events that were accepted and later dropped to make room. */
  readonly dropped: number;
}

/**
 * Where received events are kept. An implementation must pass the suite in `test/adapters/event-store.test.ts`.
 *
 * Stored events are shared, not copied: neither side changes one after `add`.
 */
export interface EventStore {
  /**
   * Store all new events at once: when this rejects, none is stored.
   * A uuid counts once per time, in milliseconds, for as long as its event is held, however often and concurrently it is added. The time
   * belongs to it because stores keep events apart by it, and look for an earlier one only where it would be; a client sends an event
   * again with the same time. The same uuid with another time is another event.
   */
  add(events: readonly StoredEvent[]): Promise<AddResult>;

  /**
   * Read one page. Following `nextCursor` visits every event held throughout exactly once, also while others are
   * added or dropped.
   *
   * @throws {TelemetryError} `REQUEST_INVALID` if `cursor` did not come from this kind of store
   */
  list(query: EventQuery): Promise<EventPage>;

  counts(): Promise<EventCounts>;

  /** Release what the store holds. May be called twice; what the other methods do afterwards is not defined. */
  close(): Promise<void>;
}
