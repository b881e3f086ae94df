import type { ReportKind, SentReport } from '../../wire/reports/index.js';

/** What is kept of this installation, from its first start on. */
export interface CollectorInstallation {
  /** Unix time in milliseconds, by the clock of the process that started first. */
  readonly firstStartedAtMs: number;
  /** A random text that is the same for all processes and all time. */
  readonly jitterSeed: string;
}

/** The right to send, of one process at a time. */
export interface Lease {
  /** The process. A UUID. */
  readonly holder: string;
  /** Grows with each new holder. */
  readonly fence: number;
}

/**
 * - `open`: to be sent, or sent with no word of what became of it
 * - `accepted`, `refused`: by the vendor, for good
 * - `skipped`: nobody was counted, so that nothing was sent
 * - `dropped`: a heartbeat that was not accepted at once
 */
export type ReportState = 'open' | 'accepted' | 'refused' | 'skipped' | 'dropped';

/** One report. */
export interface ReportId {
  readonly kind: ReportKind;
  /** The day of a daily report, the moment that a heartbeat is for. Unix time in milliseconds. */
  readonly periodStartMs: number;
  /** 1; a correction has one more than what was accepted before, or may have been. */
  readonly revision: number;
}

/** How far a day has come: its first revision that is open, or else its latest one. */
export interface NotedDay {
  /** As in `2026-01-11`. */
  readonly dateUtc: string;
  readonly revision: number;
  readonly state: ReportState;
  /** Whether an operator asked for it. */
  readonly isCorrection: boolean;
  readonly idempotencyKey: string;
}

/** A line that stands in the ledger. */
export interface BegunSend {
  readonly sendId: number;
  /** Of the report: the same as in every attempt before. */
  readonly idempotencyKey: string;
}

/**
 * - `accepted`, `refused`: by the vendor; refused may be for now only
 * - `duplicate`: the vendor had the report before, from an earlier attempt, and keeps what that said
 * - `unknown`: it may have left, and there was no receipt
 * - `not_sent`: the vendor was not reached
 * - `withheld`: it was decided otherwise while the connection was made
 */
export type SendOutcome = 'accepted' | 'duplicate' | 'refused' | 'unknown' | 'not_sent' | 'withheld';

/** What became of an attempt, and what that makes of its report. */
export interface SendEnd {
  readonly outcome: SendOutcome;
  readonly httpStatus: number | undefined;
  readonly state: ReportState;
}

/**
 * What the collector has sent and is to send, and which process does. Nothing leaves that is not in it: a line is committed before its
 * request, and says afterwards what became of it. Rejects with a `RepositoryError` that names no value.
 *
 * Whoever writes shows a lease. A lease that somebody else has taken since writes nothing.
 */
export interface SendLedger {
  /** Note the first start. Of two the earlier stays, as a clock may have been ahead. @returns what is noted now */
  register(nowMs: number): Promise<CollectorInstallation>;

  /** What was noted by the first start; undefined: there was none. */
  readInstallation(): Promise<CollectorInstallation | undefined>;

  /**
   * Take the lease, or keep it, for so long by the database's clock. One that was taken while that clock was far ahead is free.
   *
   * @returns undefined while another holder has it
   */
  takeLease(holder: string, durationMs: number): Promise<Lease | undefined>;

  /** Give it back. Nothing happens when somebody else has it. */
  releaseLease(lease: Lease): Promise<void>;

  /** For when the last heartbeat was noted, whatever became of it. Unix time in milliseconds; undefined: never. */
  readLastHeartbeatMs(): Promise<number | undefined>;

  /** The days from `fromMs` on of which anything is noted, and corrections that are open, oldest first. */
  readDays(fromMs: number): Promise<readonly NotedDay[]>;

  /** The last day whose report was accepted; undefined: none. */
  readLastAcceptedDate(): Promise<string | undefined>;

  /** The key of a report; undefined: nothing is noted of it. To be read before it is made. */
  readKey(report: ReportId): Promise<string | undefined>;

  /**
   * Note that a report is about to be sent. Forgets heartbeats of more than 30 days ago.
   *
   * @param key - as it was read before the report was made. A correction that was asked for since has changed it
   * @param body - the JSON text that is to leave
   * @returns undefined when the lease is lost or out, the report is no longer open, or its key is another one: then it must not be sent
   */
  begin(
    lease: Lease,
    report: ReportId,
    key: string | undefined,
    body: string,
  ): Promise<BegunSend | undefined>;

  /** Note how it ended. @returns false when the lease is lost: then nothing is noted, and the report is as open as it was */
  finish(lease: Lease, sendId: number, end: SendEnd): Promise<boolean>;

  /** Note that a day needs no report. @returns false when the lease is lost, or the report is no longer open */
  skip(lease: Lease, report: ReportId): Promise<boolean>;

  /**
   * Ask for a day's report to be sent once more, in place of what was accepted. Needs no lease: whoever has it sends. While the vendor
   * may have a revision that is open, that one is to be settled first, and the correction is the next one.
   *
   * @returns the report, which is open now
   */
  requestCorrection(periodStartMs: number): Promise<ReportId>;

  /** What may have left, newest first; at most `limit` of each kind, so that heartbeats do not hide the daily reports. */
  sent(limit: number): Promise<readonly SentReport[]>;
}
