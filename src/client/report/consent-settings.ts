import type { ConsentRecord } from '../../consent/index.js';

/** What the person has decided, in the words of the local API. */
export interface ConsentSettings {
  readonly telemetry_opt_in: boolean;
  readonly crash_opt_in: boolean;
  readonly diagnostics_opt_in: boolean;
  /** True until somebody agrees to more: then nothing is sent that was only meant to be looked at. */
  readonly dry_run: boolean;
}

export function toConsentSettings(record: ConsentRecord): ConsentSettings {
  return {
    telemetry_opt_in: record.telemetryEnabled === true,
    crash_opt_in: record.crashReporting === true,
    diagnostics_opt_in: record.diagnostics === true,
    dry_run: record.dryRun ?? record.telemetryEnabled !== true,
  };
}
