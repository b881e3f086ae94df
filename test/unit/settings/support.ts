import {
  type Environment,
  resolveSettings,
  type Settings,
  type TelemetryOptions,
} from '../../../src/settings/index.js';

/** Settings of an app named `acme`, from what a test says and nothing else. */
export function resolve(
  { env = {}, dotenv = {} }: Partial<Environment> = {},
  options: Partial<TelemetryOptions> = {},
): Settings {
  return resolveSettings({ app: 'acme', ...options }, { env, dotenv });
}

/** The layers in a form that reads well in a table: `off DO_NOT_TRACK in .env`. */
export function layersOf(settings: Settings): string[] {
  return settings.consentLayers.map(({ kind, source }) => `${kind} ${source}`).sort();
}

/** The warnings in a form that reads well in a table: `VALUE_INVALID ACME__TELEMETRY__BATCH_SIZE`. */
export function warningsOf(settings: Settings): string[] {
  return settings.warnings.map(({ code, source }) => `${code} ${source}`);
}
