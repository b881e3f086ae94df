import type { ReportKind } from '../../wire/reports/index.js';

export const REPORT_TITLES: Readonly<Record<ReportKind, string>> = {
  heartbeat: 'Heartbeat',
  daily: 'Daily report',
};
