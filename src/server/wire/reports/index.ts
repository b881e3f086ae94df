export {
  type NextReports,
  NextReportsSchema,
  type SentReport,
  type SentReports,
  SentReportsSchema,
} from './answers.js';
export {
  type EnvelopeLine,
  REPORT_CATALOGUE,
  type ReportCatalogue,
  type ReportKind,
  type ReportLine,
  type ReportSection,
} from './catalogue.js';
export { type DailyReport, DailyReportSchema } from './daily-report.js';
export { CUSTOMER_ID_PLACEHOLDER } from './envelope.js';
export { type Heartbeat, HeartbeatSchema } from './heartbeat.js';
export { MAX_COUNT, MAX_DURATION_SECONDS, MAX_TOOL_CALLS } from './metric.js';
export type { NeverCollected } from './never-collected.js';
export { describeFrequency, type ReportFrequency, type ReportSchedule } from './schedule.js';
export { describeUse, type ReportUse } from './use.js';
export { datesBetween, lastCompleteDateUtc, type Period, toDateUtc, utcDayAt, utcDayOf } from './utc-day.js';
export {
  AGENTS,
  type Agent,
  ERROR_TYPES,
  type ErrorType,
  OUTCOMES,
  TRIGGERS,
  type Trigger,
} from './vocabularies.js';
