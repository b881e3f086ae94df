import type { StoredEvent } from './event-store.js';

/** Where received events wait for whoever stores them. */
export interface EventQueue {
  /**
   * Resolves when all of them are kept, so that they are stored some time, whatever ends meanwhile. When it rejects, some of them may be:
   * add all of them again, for an event counts once however often it is added.
   *
   * @throws {TelemetryError} `STREAM_UNAVAILABLE` when they cannot be kept now, `REQUEST_TOO_LARGE` for an event that never can be
   */
  add(events: readonly StoredEvent[]): Promise<void>;
}

/** What a message of the queue turns out to be. */
export type QueuedContent =
  | { readonly status: 'read'; readonly events: readonly StoredEvent[] }
  /** Of a later version of this program, whose writers can read it. */
  | { readonly status: 'newer' }
  /** Of something else, or damaged. */
  | { readonly status: 'unreadable' };

/** A message that was taken from the queue. Until one of the three is said, nobody else is given it for half a minute. */
export interface TakenMessage {
  readonly content: QueuedContent;
  /** How often it was given to somebody, 1 for the first time. */
  readonly deliveries: number;
  /** It is stored: it leaves the queue. */
  done(): void;
  /** It stays, and somebody is given it again after this time. */
  retry(afterMs: number): void;
  /** It leaves the queue although nobody could store it. */
  giveUp(): void;
}

/** The other end of an {@link EventQueue}, for any number of writers: each message is given to one of them. */
export interface QueuedMessages {
  /**
   * Waits up to a second for messages.
   *
   * @returns at most `limit`, and none when none came
   * @throws {TelemetryError} `STREAM_UNAVAILABLE`
   */
  take(limit: number): Promise<readonly TakenMessage[]>;
  /** @returns how many wait, those that some writer has taken included. @throws {TelemetryError} `STREAM_UNAVAILABLE` */
  countWaiting(): Promise<number>;
}
