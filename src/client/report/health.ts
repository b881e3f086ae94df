import { isUsageDamaged } from '../../store/index.js';
import type { ConsentParts } from '../open-consent.js';
import { isFlagEnabled, readAppFlags } from './app-flags.js';
import { type ConsentSettings, toConsentSettings } from './consent-settings.js';
import { openDigest, toAnonymousId } from './digest.js';

/** Something that keeps telemetry from being what its user expects. `code` is stable; `message` names no path and no value. */
export interface HealthWarning {
  readonly code: 'CONSENT_FILE_UNREADABLE' | 'CONFIG_FILE_UNREADABLE' | 'COUNTERS_DAMAGED';
  readonly message: string;
}

/** The state at a glance. Holds nothing that identifies more than the first digits of the random id. */
export interface Health {
  /** The umbrella flag; true where the app has none. */
  readonly flag_enabled: boolean;
  /** What the person has decided, whatever else is said. */
  readonly telemetry_opt_in: boolean;
  /** Whether anything is recorded. */
  readonly telemetry_active: boolean;
  readonly crash_opt_in: boolean;
  readonly crash_active: boolean;
  readonly diagnostics_opt_in: boolean;
  readonly diagnostics_active: boolean;
  /** Whether nothing is sent; while telemetry is off, whether nothing would be by the person's answer. */
  readonly dry_run: boolean;
  /** When the person's answer was last written: ISO 8601, UTC. */
  readonly last_settings_update: string | null;
  /** The first eight digits of the id; null while there is none. */
  readonly anonymous_preview: string | null;
  readonly mode: 'off' | 'local' | 'on';
  /** The layer that decided the mode. */
  readonly reason: string;
  readonly warnings: readonly HealthWarning[];
}

/** Looks at everything that speaks about consent. Makes nothing, never throws. */
export function readHealth(consent: ConsentParts): Health {
  const { file, watch } = consent;
  const { mode, why, switches } = watch.refresh();
  const settings: ConsentSettings = toConsentSettings(file.record());
  const updatedAtMs = file.updatedAtMs();
  const digest = openDigest(consent);
  return {
    flag_enabled: isFlagEnabled(consent),
    telemetry_opt_in: settings.telemetry_opt_in,
    telemetry_active: mode !== 'off',
    crash_opt_in: settings.crash_opt_in,
    crash_active: switches.crashReporting.enabled,
    diagnostics_opt_in: settings.diagnostics_opt_in,
    diagnostics_active: switches.diagnostics.enabled,
    dry_run: mode === 'off' ? settings.dry_run : mode === 'local',
    last_settings_update: updatedAtMs === undefined ? null : new Date(updatedAtMs).toISOString(),
    anonymous_preview: digest ? toAnonymousId(digest).slice(0, 8) : null,
    mode,
    reason: why.layer,
    warnings: readWarnings(consent),
  };
}

function readWarnings(consent: ConsentParts): readonly HealthWarning[] {
  const warnings: HealthWarning[] = [];
  const content = consent.file.status();
  if (content !== 'absent' && content !== 'usable')
    warnings.push({
      code: 'CONSENT_FILE_UNREADABLE',
      message: 'The file that keeps your answer cannot be read, and it may hold a no: telemetry is off.',
    });
  if (readAppFlags(consent)?.status === 'unreadable')
    warnings.push({
      code: 'CONFIG_FILE_UNREADABLE',
      message: "The app's config file cannot be read: its flags count as off.",
    });
  if (isUsageDamaged(consent.directory))
    warnings.push({
      code: 'COUNTERS_DAMAGED',
      message: 'A file of counters was damaged and is kept aside: what it held is not counted.',
    });
  return warnings;
}
