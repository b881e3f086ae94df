/** What the vendor keeps: licences, the reports that came, and how often who asked. */
export { createLicenseRepository } from './create-license-repository.js';
export { createReceivedReports } from './create-received-reports.js';
export { createReportReadings } from './create-report-readings.js';
export { createReportUpkeep } from './create-report-upkeep.js';
export { createRequestLimits } from './create-request-limits.js';
export type { License, LicenseRepository, NewLicense } from './license-repository.js';
export type { AddReportResult, Arrival, DailyArrival, ReceivedReports } from './received-reports.js';
export type { DailyLine, DayRange, ReportReadings, ReportSelection } from './report-readings.js';
export type { RequestLimit, RequestLimits } from './request-limits.js';
export type { ReportUpkeep, Retention } from './upkeep.js';
