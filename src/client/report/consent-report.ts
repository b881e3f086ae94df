import type { ConsentReason } from '../../consent/index.js';
import type { ConsentParts } from '../open-consent.js';
import { type ConsentSettings, toConsentSettings } from './consent-settings.js';
import { type Health, readHealth } from './health.js';

/** What was decided, and what comes of it. */
export interface ConsentReport {
  readonly settings: ConsentSettings;
  readonly telemetry_active: boolean;
  readonly crash_uploads_active: boolean;
  readonly diagnostics_opt_in: boolean;
  readonly diagnostics_active: boolean;
  readonly health: Health;
  /** What decided, and a fix that works. */
  readonly why: ConsentReason;
}

export function readConsentSettings(consent: ConsentParts): ConsentReport {
  const health = readHealth(consent);
  return {
    settings: toConsentSettings(consent.file.record()),
    telemetry_active: health.telemetry_active,
    crash_uploads_active: health.crash_active,
    diagnostics_opt_in: health.diagnostics_opt_in,
    diagnostics_active: health.diagnostics_active,
    health,
    why: consent.watch.current().why,
  };
}
