import { readUsage, toUsageJson } from '../../store/index.js';
import type { ConsentParts } from '../open-consent.js';
import { readAnonymousId } from './anonymous-id.js';
import { readConsentSettings } from './consent-report.js';
import { readCrashes } from './crashes.js';

export type Summary = ReturnType<typeof readSummary>;

/**
 * Everything that is counted, and the state it was counted in.
 *
 * @param includeEvents - the last recorded events too; an empty list otherwise
 * @remarks Makes nothing, and never throws.
 */
export function readSummary(consent: ConsentParts, { includeEvents }: { readonly includeEvents: boolean }) {
  const { settings, health, telemetry_active, crash_uploads_active } = readConsentSettings(consent);
  const usage = readUsage(consent.directory);
  const { features, hooks, events } = toUsageJson(usage);
  return {
    anonymous_id: readAnonymousId(consent) ?? null,
    app_version: consent.settings.version ?? null,
    flag_enabled: health.flag_enabled,
    telemetry_active,
    crash_uploads_active,
    diagnostics_opt_in: health.diagnostics_opt_in,
    diagnostics_active: health.diagnostics_active,
    dry_run: health.dry_run,
    consent: settings,
    features,
    hooks,
    crashes: readCrashes(consent),
    events: includeEvents ? events : [],
    meta: {
      created_at: usage.createdAtMs === undefined ? null : new Date(usage.createdAtMs).toISOString(),
      settings_updated_at: health.last_settings_update,
    },
  };
}
