export { createWebApp, type WebApp, type WebOptions } from './app.js';
export type { PersonOptions } from './person/index.js';
export type { ReportSchedule } from './settings/index.js';
export { type ConfigService, createConfigUpstream, type Service } from './upstream/index.js';
