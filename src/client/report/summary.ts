import { readUsage, toUsageJson } from '../../store/index.js';
import type { ConsentParts } from '../open-consent.js';
import { type ConsentReport, readConsentSettings } from './consent-report.js';
import { readCrashes } from './crashes.js';
import { openDigest, toAnonymousId } from './digest.js';

export type Summary = ReturnType<typeof readSummary>;

/**
 * Everything that is counted, and the state it was counted in.
 *
 * @param includeEvents - the last recorded events too; an empty list otherwise
 * @param report - how telemetry stands; read now unless given
 * @remarks Makes nothing, and never throws.
 */
export function readSummary(
  consent: ConsentParts,
  { includeEvents }: { readonly includeEvents: boolean },
  report: ConsentReport = readConsentSettings(consent),
) {
  const usage = readUsage(consent.directory);
  const { features, hooks, events } = toUsageJson(usage);
  return {
    ...toState(consent, report),
    features,
    hooks,
    crashes: readCrashes(consent),
    events: includeEvents ? events : [],
    held_back: consent.coverage.heldPaths(),
    meta: {
      created_at: usage.createdAtMs === undefined ? null : new Date(usage.createdAtMs).toISOString(),
      settings_updated_at: report.health.last_settings_update,
    },
  };
}

/** Whose counters these are, and how telemetry stands: said alike wherever they are told. */
export function toState(consent: ConsentParts, { settings, health, ...report }: ConsentReport) {
  const digest = openDigest(consent);
  return {
    anonymous_id: digest ? toAnonymousId(digest) : null,
    app_version: consent.settings.version ?? null,
    flag_enabled: health.flag_enabled,
    telemetry_active: report.telemetry_active,
    crash_uploads_active: report.crash_uploads_active,
    diagnostics_opt_in: report.diagnostics_opt_in,
    diagnostics_active: report.diagnostics_active,
    dry_run: health.dry_run,
    consent: settings,
  };
}
