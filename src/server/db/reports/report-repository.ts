import type {
  DailyReport,
  Heartbeat,
  NextReports,
  ReportKind,
  SentReport,
} from '../../wire/reports/index.js';

/** Who is counted, and how finely. */
export interface CountingRules {
  /** What holds for an organisation that has given no answer; also for times that are past. */
  readonly enabledByDefault: boolean;
  /**
   * The fewest runs that a label of a breakdown is named for; the rest counts as `other`, which may be smaller. Also the
   * fewest of which an average or a percentile is told; it is null for less. A whole number, at least 1.
   */
  readonly minGroup: number;
}

/** A report that has left. */
export interface NewSentReport {
  readonly kind: ReportKind;
  /** The day of a daily report, the moment that a heartbeat is for. Unix time in milliseconds. */
  readonly periodStartMs: number;
  /** Unix time in milliseconds. */
  readonly sentAtMs: number;
  /** What was sent. */
  readonly payload: Heartbeat | DailyReport;
}

/**
 * What is reported of the runs, and what has been. Rejects with a `RepositoryError` that names no value.
 *
 * A report counts the organisations that are on now (the operator has not stopped telemetry, and their own answer, or
 * the default while they have given none, is yes), and of those only runs that started while they were on. It is
 * made in one read-only transaction, of one moment, and is the same in every time zone that a session may have.
 * Its `customer_id` is `CUSTOMER_ID_PLACEHOLDER`.
 */
export interface ReportRepository {
  /**
   * The heartbeat as of `nowMs`, a Unix time in milliseconds.
   *
   * @returns undefined when nothing may be sent: telemetry is stopped, or every organisation is off
   */
  buildHeartbeat(rules: CountingRules & { readonly nowMs: number }): Promise<Heartbeat | undefined>;

  /**
   * The report of a UTC day such as `2026-01-11`, which should be over: a run that changes later changes the report.
   *
   * @returns undefined when nothing may be sent
   * @throws {TelemetryError} `OPTION_INVALID` if there is no such day
   */
  buildDaily(rules: CountingRules & { readonly dateUtc: string }): Promise<DailyReport | undefined>;

  /** Both reports as they would be sent at `nowMs`, of one moment, and why. The daily one is that of the last complete day. */
  buildNext(rules: CountingRules & { readonly nowMs: number }): Promise<NextReports>;

  /** What decides who is counted, as a text to compare: while it is the same, so is who is counted. */
  readDecisions(): Promise<string>;

  /** What was sent, newest first; at most `limit` of each kind, so that heartbeats do not hide the daily reports. */
  sent(limit: number): Promise<readonly SentReport[]>;

  /**
   * Note that a report was sent. Heartbeats are forgotten 30 days later, daily reports are kept.
   *
   * @returns false when one of this kind and period was noted before: then that one stays
   */
  addSent(report: NewSentReport): Promise<boolean>;
}
