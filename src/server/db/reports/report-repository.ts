import type { DailyReport, Heartbeat, NextReports } from '../../wire/reports/index.js';

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

/** A report, and what it was decided by. */
export interface BuiltReport<Payload> {
  /** Undefined when nothing may be sent: telemetry is stopped, or every organisation is off. */
  readonly payload: Payload | undefined;
  /** As `readDecisions` tells it, of the same moment. */
  readonly decisions: string;
}

/**
 * What is reported of the runs. Rejects with a `RepositoryError` that names no value.
 *
 * A report counts the organisations that are on now (the operator has not stopped telemetry, and their own answer, or
 * the default while they have given none, is yes), and of those only runs that started while they were on. It is
 * made in one read-only transaction, of one moment, and is the same in every time zone that a session may have.
 * Its `customer_id` is `CUSTOMER_ID_PLACEHOLDER`.
 */
export interface ReportRepository {
  /** The heartbeat as of `nowMs`, a Unix time in milliseconds. */
  buildHeartbeat(rules: CountingRules & { readonly nowMs: number }): Promise<BuiltReport<Heartbeat>>;

  /**
   * The report of a UTC day such as `2026-01-11`, which should be over: a run that changes later changes the report.
   *
   * @throws {TelemetryError} `OPTION_INVALID` if there is no such day
   */
  buildDaily(rules: CountingRules & { readonly dateUtc: string }): Promise<BuiltReport<DailyReport>>;

  /** Both reports as they would be sent at `nowMs`, of one moment, and why. The daily one is that of the last complete day. */
  buildNext(rules: CountingRules & { readonly nowMs: number }): Promise<NextReports>;

  /**
   * What decides who is counted, as a text to compare: while it is the same, so is who is counted.
   *
   * @throws {RepositoryError} `DATABASE_FAILED`, as every report does, where a policy for rows would hide some of them
   */
  readDecisions(): Promise<string>;

  /**
   * Start something that is right only while nobody has decided otherwise. Whoever decides meanwhile waits until `start` has
   * returned: their decision is acknowledged after it. Those who decide do not wait for each other.
   *
   * @param decisions - of the report that is to be sent
   * @param start - begins to send; must neither wait for anything nor throw. One that hangs all the same is waited for for two
   *   seconds
   * @returns false when somebody has decided otherwise, or may have: then `start` was not called
   * @throws {RepositoryError} `DATABASE_UNAVAILABLE` also while somebody has been deciding for half a second, and `DATABASE_FAILED` on
   *   a read replica. `start` was not called
   */
  startWhileDecided(decisions: string, start: () => void): Promise<boolean>;
}
