import type { NextReports, ReportKind, SentReports } from '../../wire/reports/index.js';

export interface NextView {
  readonly asOf: string;
  readonly reason: NextReports['reason'];
  readonly reports: readonly {
    readonly kind: ReportKind;
    readonly periodStart: string;
    readonly periodEnd: string;
    /** The payload's JSON, spread over lines; undefined when nothing would be sent. */
    readonly json: string | undefined;
  }[];
}

export interface SentView {
  readonly kind: ReportKind;
  readonly sentAt: string;
  readonly periodStart: string;
  readonly json: string;
}

/** @param raw - what `next` was read from: its members are in the order in which they are sent */
export function toNextView(next: NextReports, raw: unknown): NextView {
  return {
    asOf: next.as_of,
    reason: next.reason,
    reports: next.reports.map(({ kind, period_start, period_end, payload }, index) => ({
      kind,
      periodStart: period_start,
      periodEnd: period_end,
      json: payload === null ? undefined : jsonOf(raw, index),
    })),
  };
}

/** @param raw - what `sent` was read from */
export function toSentView(sent: SentReports, raw: unknown): SentView[] {
  return sent.reports.map(({ kind, sent_at, period_start }, index) => ({
    kind,
    sentAt: sent_at,
    periodStart: period_start,
    json: jsonOf(raw, index),
  }));
}

function jsonOf(raw: unknown, index: number): string {
  const { reports } = raw as { readonly reports: readonly { readonly payload: unknown }[] };
  return JSON.stringify(reports[index]?.payload, null, 2);
}
