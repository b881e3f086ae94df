import { defineFlags, type FlagDeclarations, type FlagDefinitions } from '../flags/index.js';
import { readEnvironment, resolveSettings, type TelemetryOptions } from '../settings/index.js';
import { createClient } from './create-client.js';
import { find, forget, getOrCreate } from './registry.js';
import type { Telemetry } from './telemetry.js';

/** {@link TelemetryOptions} and the app's flags. */
export interface CreateTelemetryOptions<Declared extends FlagDeclarations = FlagDeclarations>
  extends TelemetryOptions {
  /** From `defineFlags()`: types the flag calls, and limits what is asked for to these keys. */
  readonly featureFlags?: FlagDefinitions<Declared>;
}

/**
 * The telemetry client of an app: one per app and process. Settings of the environment win over these options; any off,
 * wherever it is said, wins over everything.
 *
 * @throws {ConfigError} `OPTION_UNKNOWN`, `OPTION_INVALID` naming the option, the rule and the type received;
 *   `FLAG_DEFINITION_INVALID` when `featureFlags` are none;
 *   `OPTION_INVALID` when the app has a client with other settings or flags
 * @remarks Does no I/O beyond reading `.env` of the working directory, opens no connection and starts no timer.
 */
export function createTelemetry<Declared extends FlagDeclarations = FlagDeclarations>(
  options: CreateTelemetryOptions<Declared>,
): Telemetry<Declared> {
  // Plain JavaScript may pass nothing: then the missing app is named.
  const { featureFlags, ...rest } = options ?? {};
  const definitions = featureFlags === undefined ? undefined : defineFlags(featureFlags);
  const settings = resolveSettings(rest, readEnvironment());
  const create = () => createClient(settings, definitions, () => forget(settings.app));
  return getOrCreate({ settings, definitions }, create) as unknown as Telemetry<Declared>;
}

/**
 * The client that was created elsewhere in this process, for code that is far from where it was. Without a name, the
 * only client there is. Where there is none, a client that is off.
 *
 * @param app - the app's name, or options to create its client with when it has none yet
 * @throws {ConfigError} `OPTION_INVALID` for a name that no app can have; for options as {@link createTelemetry} does
 */
export function getTelemetryClient(app?: string | TelemetryOptions): Telemetry {
  if (typeof app === 'object') return find(app?.app) ?? createTelemetry(app);
  return find(app) ?? createOff(app);
}

/** Not registered, so that a client which is created later is found. */
function createOff(app = 'unnamed'): Telemetry {
  const settings = resolveSettings({ app, enabled: false }, { env: {}, dotenv: {} });
  return createClient(settings, undefined, () => {});
}
