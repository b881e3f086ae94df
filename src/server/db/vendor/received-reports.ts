import type { DailyReport, Heartbeat } from '../../wire/reports/index.js';

/** How a report came. */
export interface Arrival {
  /** The same for each attempt to send one report. A UUID. */
  readonly idempotencyKey: string;
  /** Unix time in milliseconds. */
  readonly receivedAtMs: number;
  /** Whether it is of a time that may be received now. One that was accepted already is a duplicate at any time. */
  readonly isTimely: boolean;
}

export interface DailyArrival extends Arrival {
  /** 1, or for a correction one more than the last. */
  readonly revision: number;
}

/** What became of a report. Only `accepted` changes anything. */
export type AddReportResult =
  | { readonly status: 'accepted' }
  /** There is one of this key, or of this customer and time. `isSame` is false when that one is kept and says something else. */
  | { readonly status: 'duplicate'; readonly isSame: boolean }
  | { readonly status: 'stale' }
  /** It is neither the next revision, nor one that is there. */
  | { readonly status: 'out_of_order'; readonly lastRevision: number }
  /** The key was used for another report. */
  | { readonly status: 'key_used' };

/** Where received reports are kept. */
export interface ReceivedReports {
  /** One per customer and time is kept. */
  addHeartbeat(report: Heartbeat, arrival: Arrival): Promise<AddReportResult>;
  /** One per customer, day and revision is kept, and the last revision counts. */
  addDaily(report: DailyReport, arrival: DailyArrival): Promise<AddReportResult>;
}
