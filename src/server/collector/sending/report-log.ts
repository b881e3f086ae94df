import type { Log } from '../../observe/index.js';
import type { Heartbeat, ReportKind } from '../../wire/reports/index.js';
import type { CountedOutcome, SendingMetrics } from './metrics.js';
import type { SendResult } from './results.js';

/** What there is to tell of a report beside what became of it. */
export interface Told {
  readonly kind: ReportKind;
  /** Of a daily report. */
  readonly dateUtc: string | undefined;
  /** When it is tried again; undefined: it is not. */
  readonly retryInMs: number | undefined;
  /** Unix time in milliseconds. */
  readonly nowMs: number;
}

/** Count what became of a report, and write the line of it. */
export function tellResult(
  result: SendResult,
  { kind, dateUtc, retryInMs, nowMs }: Told,
  { log, metrics }: { readonly log: Log; readonly metrics: SendingMetrics },
): void {
  metrics.reports.inc({ kind, outcome: toOutcome(result) });
  switch (result.status) {
    case 'accepted':
      metrics.lastSent.set({ kind }, nowMs / 1_000);
      if (kind === 'daily') log.info('analytics_sent', { date: dateUtc });
      else log.info('heartbeat_sent', { runs_today: (result.payload as Heartbeat).metrics.runs_today });
      return;
    case 'withheld':
      log.info('report_withheld', { kind, date: dateUtc, reason: result.reason });
      return;
    case 'nobody_counted':
      return;
    case 'refused':
    case 'unauthorised':
    case 'failed':
      log.warn('report_failed', {
        kind,
        date: dateUtc,
        reason: result.status === 'failed' ? result.reason : result.status,
        http_status: result.httpStatus,
        retry_in_seconds: retryInMs === undefined ? undefined : Math.ceil(retryInMs / 1_000),
      });
      return;
    default:
      result satisfies never;
  }
}

function toOutcome(result: SendResult): CountedOutcome {
  switch (result.status) {
    case 'accepted':
      return result.isDuplicate ? 'duplicate' : 'accepted';
    case 'nobody_counted':
      return 'skipped';
    case 'unauthorised':
      return 'refused';
    case 'refused':
    case 'failed':
    case 'withheld':
      return result.status;
    default:
      return result satisfies never;
  }
}
