export { createReportRepository } from './create-report-repository.js';
export { assertPrimary } from './decisions.js';
export type {
  BuiltReport,
  CountingRules,
  ReportRepository,
} from './report-repository.js';
