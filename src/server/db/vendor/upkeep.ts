import type { UpkeepResult } from '../parts/upkeep-result.js';

/** How long received reports are kept. */
export interface Retention {
  /** Whole days, of single heartbeats. */
  readonly heartbeatRetentionDays: number;
  /** Whole days, of daily reports and of what the heartbeats of a day come to. */
  readonly dailyRetentionDays: number;
}

/** What keeps the tables of reports in order. */
export interface ReportUpkeep {
  /**
   * Make the parts of the months to come, and forget what is too old. May be called by many processes at once: one of them does it.
   *
   * @throws {RepositoryError} what is done until then stays, and the rest is done by the next call
   */
  run(options: Retention & { readonly nowMs: number }): Promise<UpkeepResult>;
}
