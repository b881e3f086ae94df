export type { ReportSchedule } from '../../wire/reports/index.js';
export { createSettingsPage, type SettingsPageOptions } from './create-settings-page.js';
