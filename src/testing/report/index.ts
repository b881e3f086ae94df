export type { CheckOutcome, CheckResult, Finding, Report } from '../report.js';
export { toJUnit } from './junit.js';
export { toSarif } from './sarif.js';
export { type Summary, summarize } from './summarize.js';
