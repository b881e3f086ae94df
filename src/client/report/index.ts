export { isFlagEnabled, readAppFlags } from './app-flags.js';
export { readBundle } from './bundle.js';
export { type ConsentReport, readConsentSettings } from './consent-report.js';
export type { ConsentSettings } from './consent-settings.js';
export { type CrashDigest, readCrashes } from './crashes.js';

export { type Health, type HealthWarning, readHealth } from './health.js';
export { readStoredAnswer } from './stored-answer.js';
export { readSummary, type Summary } from './summary.js';
