export { createReportRepository } from './create-report-repository.js';
export type {
  CountingRules,
  NewSentReport,
  ReportRepository,
} from './report-repository.js';
