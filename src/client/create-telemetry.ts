import { defineFlags, type FlagDeclarations, type FlagDefinitions } from '../flags/index.js';
import type { Environment, TelemetryOptions } from '../settings/index.js';
import { createClient } from './create-client.js';
import { type ConsentOptions, openConsent } from './open-consent.js';
import { find, forget, getOrCreate } from './registry.js';
import type { Telemetry } from './telemetry.js';

/** As if nobody said anything outside of code. */
const NOTHING: Environment = { env: {}, dotenv: {} };

/** {@link TelemetryOptions}, the app's events and its flags. */
export interface CreateTelemetryOptions<Declared extends FlagDeclarations = FlagDeclarations>
  extends ConsentOptions {
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
 * @remarks Reads `.env` and the files that speak about consent, and nothing else; opens no connection, starts no timer.
 *   Consent is followed while the client lives: a no of another process counts within a second, and before every request.
 */
export function createTelemetry<Declared extends FlagDeclarations = FlagDeclarations>(
  options: CreateTelemetryOptions<Declared>,
): Telemetry<Declared> {
  // Plain JavaScript may pass nothing: then the missing app is named.
  const { featureFlags, ...rest } = options ?? {};
  const definitions = featureFlags === undefined ? undefined : defineFlags(featureFlags);
  const consentOptions = definitions === undefined ? rest : { ...rest, featureFlags: definitions };
  const create = () => createClient(openConsent(consentOptions), definitions, () => forget(rest.app));
  return getOrCreate({ options: { ...rest }, definitions }, create) as unknown as Telemetry<Declared>;
}

/**
 * The client that was created elsewhere in this process, for code that is far from where it was. Without a name, the
 * only client there is. Where there is none, or the options say no, a client that is off.
 *
 * @param app - the app's name, or options to create its client with when it has none yet
 * @throws {ConfigError} `OPTION_INVALID` for a name that no app can have; for options as {@link createTelemetry} does
 */
export function getTelemetryClient(app?: string | TelemetryOptions): Telemetry {
  if (typeof app !== 'object') return find(app) ?? createOff(app);
  // A no in these options is one, whatever the client was created with.
  if (app?.enabled === false || app?.runFlag !== undefined) return createOff(app.app);
  return find(app?.app) ?? createTelemetry(app);
}

/** Not registered, so that a client which is created later is found. */
function createOff(app = 'unnamed'): Telemetry {
  const consent = openConsent({ app, enabled: false }, NOTHING, []);
  return createClient(consent, undefined, () => {});
}
