import type { SanitizedEvent } from '../../privacy/index.js';
import type { SpoolNotes } from '../spool/spool-notes.js';
import type { Outcome, WireRecord } from './lines.js';
import type { OnRemoved } from './retention.js';

/** The longest an event is in memory only, unless the program computes without a pause: what a crash may lose at most. */
export const WRITE_DELAY_MS = 50;
/** So many are never in memory only: they are written at once, also while the program computes. */
export const MAX_WAITING = 250;

/** The user's own view of telemetry: everything that was recorded, and what became of it. */
export interface Ledger {
  /**
   * Keep an event. It is written within {@link WRITE_DELAY_MS}, when {@link MAX_WAITING} wait, by the calls below, or when the
   * process ends. Until it is settled or left, it is this process that sends it. Never throws.
   *
   * @param fileSession - id of the process-wide session, in whose file the event stands; a session of its own may run inside
   */
  record(event: SanitizedEvent, fileSession: string): void;
  /**
   * See that these stand in the ledger at this moment, before they leave. What waits is written, and those whose file was
   * removed meanwhile, by retention or by the person, are written again.
   *
   * @returns false when one of them does not stand there: then none of them may leave. So it is with events that this
   *   ledger did not record, or that were discarded. Never throws
   */
  keep(events: readonly SanitizedEvent[]): boolean;
  /**
   * Write now that a server is about to be asked for flags, the one request that carries an id and no event.
   *
   * @param distinctId - the id it leaves under
   * @returns false when it could not be written; then nothing may leave. Never throws
   */
  noteFlagsRequest(fileSession: string, distinctId: string): boolean;
  /**
   * Note how these ended: a server accepted them, or they were dropped for a reason. Written as {@link record} says; events
   * that this ledger did not record are passed over. Never throws.
   *
   * @param receipt - the server's, for exactly these events in this order; undefined when it gave none
   */
  settle(events: readonly SanitizedEvent[], outcome: Outcome, receipt?: string): void;
  /**
   * These stay, for somebody else to send: this process will not. Which of them stand there is told with the next write, by
   * `onLeft` and `onRemoved`. Never throws.
   */
  leave(events: readonly SanitizedEvent[]): void;
  /** How many were left and are not told of yet. */
  readonly leaving: number;
  /**
   * Write what waits, now. Never throws.
   *
   * @returns false when something could not be written, now or earlier: then what was recorded must not be sent
   */
  flush(): boolean;
  /**
   * Forget what waits: it is not written, not even when the process ends, and nothing of this ledger is left for others to
   * send. Never throws.
   */
  discard(): void;
  /**
   * The end: write what waits, and leave to others what was neither settled nor left. Nothing is recorded, and nothing may
   * leave from here, afterwards. May be called again. Never throws.
   */
  close(): void;
  /** As {@link close}, where nothing can be written any more: what stands there already is left to others. Never throws. */
  abandon(): void;
}

export interface LedgerConfig {
  /** The state directory; what is missing of it is made when the first event is written. */
  readonly directory: string;
  /** Files that were not written for so many days are removed. */
  readonly retentionDays: number;
  /** Of all files of the ledger together; the oldest ones of the largest session are removed. */
  readonly maxLedgerBytes: number;
  /** Of the app. */
  readonly version: string | undefined;
}

export interface LedgerEffects {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /**
   * The event as it leaves. Its properties are the event's own, then those that are common to all, and last what is said with every
   * event alike, which has the last word; of one that is complete, what it says and nothing else. The time is ISO 8601, in UTC, with
   * milliseconds.
   */
  readonly toWire: (event: SanitizedEvent) => WireRecord;
  /**
   * Asked before every write. On a no, what waits is discarded, nothing is written, and the call that wanted to write
   * returns false; it is no failure. May call the ledger itself. Never throws.
   */
  readonly mayWrite: () => boolean;
  /**
   * Called once, when something could not be written. From then on the ledger keeps nothing. That too many files are open is
   * waited for, up to a few seconds.
   */
  readonly onFailure: () => void;
  /** Told which files hold what waits to be sent. Undefined: nothing is ever sent, and no event waits. */
  readonly spool?: SpoolNotes | undefined;
  /** Told how many events that were left stand on disk, for others to send. */
  readonly onLeft?: ((events: number) => void) | undefined;
  /**
   * Told how many events that waited to be sent, of this process or another, will not be: they went with files that were removed,
   * could not be written, or nobody agrees any more. Those that this process still has in memory are not lost with a file: they are
   * told of when they are left, if they stand nowhere then.
   */
  readonly onRemoved?: OnRemoved | undefined;
}
