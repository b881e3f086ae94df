import type { DailyReport, Heartbeat, ReportKind } from '../../wire/reports/index.js';
import type { LicenseState } from '../license/license-keeper.js';
import type { FailureReason } from './judge-answer.js';
import type { DueDay } from './schedule/days.js';

/** Why a report was held back, when all that was missing was to send it. */
export type WithheldReason =
  /** An organisation, or the operator, has decided since it was made. */
  | 'decision'
  | 'license'
  | 'lease'
  /** The database could not say whether anybody has decided. */
  | 'database'
  | 'stopping';

/** What became of one attempt. */
export type SendResult =
  | {
      readonly status: 'accepted';
      readonly isDuplicate: boolean;
      readonly payload: Heartbeat | DailyReport;
    }
  | { readonly status: 'refused' | 'unauthorised'; readonly httpStatus: number | undefined }
  | {
      readonly status: 'failed';
      readonly reason: FailureReason | 'database';
      readonly httpStatus: number | undefined;
      readonly retryAfterMs: number | undefined;
    }
  | { readonly status: 'withheld'; readonly reason: WithheldReason }
  /** There is nobody to count, and nothing to send. */
  | { readonly status: 'nobody_counted' };

/** A daily report that was sent, or not. */
export interface SentDay extends DueDay {
  readonly result: SendResult;
}

/** What one run by hand has done. */
export interface OnceResult {
  readonly license: LicenseState;
  /** False: another process sends, and this one has sent nothing. */
  readonly isSender: boolean;
  /** Undefined: it was not tried. */
  readonly heartbeat: SendResult | undefined;
  readonly days: readonly SentDay[];
}

/** What became of a correction that was asked for. */
export type CorrectionResult =
  | (SentDay & { readonly status: 'tried' })
  /** It is noted, and sent by the process that has the lease, once the licence is valid and the vendor does not ask to wait. */
  | { readonly status: 'requested'; readonly dateUtc: string; readonly revision: number };

/** A report as it would be sent now. */
export interface PreviewedReport {
  readonly kind: ReportKind;
  /** Of a daily report, as in `2026-01-11`. */
  readonly dateUtc: string | undefined;
  /** Whether it is sent now or at its hour; or what became of it: `skipped`, as nobody was counted. */
  readonly when: 'now' | 'later' | 'accepted' | 'refused' | 'skipped';
  /** Below the vendor's address. */
  readonly path: string;
  /** Without the licence key, and what every request has. */
  readonly headers: Readonly<Record<string, string>>;
  /** The text that would travel; undefined: nothing would be sent, because nobody is counted or it has been sent before. */
  readonly body: string | undefined;
}
