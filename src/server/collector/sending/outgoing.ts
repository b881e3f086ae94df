import type { ReportId } from '../../db/collector/send-ledger.js';
import type { Database } from '../../db/contract.js';
import type { BuiltReport, CountingRules } from '../../db/reports/report-repository.js';
import { isTooOldForVendor, VENDOR_PATHS } from '../../wire/index.js';
import { type DailyReport, type Heartbeat, utcDayOf } from '../../wire/reports/index.js';

/** A report that is to be sent: which it is, where it goes, and how it is made, anew for each attempt. */
export interface Outgoing {
  readonly report: ReportId;
  readonly path: string;
  build(): Promise<BuiltReport<Heartbeat | DailyReport>>;
}

/** Whether it is of a day that the vendor takes no more. A heartbeat is dropped in any case. */
export function isTooOld({ kind, periodStartMs }: ReportId, nowMs: number): boolean {
  return kind === 'daily' && isTooOldForVendor(periodStartMs, nowMs);
}

export type ReportSource = Pick<Database['reports'], 'buildHeartbeat' | 'buildDaily' | 'startWhileDecided'>;

export function toHeartbeat(reports: ReportSource, rules: CountingRules, nowMs: number): Outgoing {
  return {
    report: { kind: 'heartbeat', periodStartMs: nowMs, revision: 1 },
    path: VENDOR_PATHS.heartbeat,
    build: () => reports.buildHeartbeat({ ...rules, nowMs }),
  };
}

export function toDaily(
  reports: ReportSource,
  rules: CountingRules,
  { dateUtc, revision }: { readonly dateUtc: string; readonly revision: number },
): Outgoing {
  return {
    report: { kind: 'daily', periodStartMs: utcDayOf(dateUtc).fromMs, revision },
    path: VENDOR_PATHS.analytics,
    build: () => reports.buildDaily({ ...rules, dateUtc }),
  };
}
