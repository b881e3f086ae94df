import { invalid, optionSwitch, optionValue, readCodeOptions } from './code-options.js';
import { toConsentLayers } from './consent-layers.js';
import { deepFreeze } from './deep-freeze.js';
import type { TelemetryOptions } from './options.js';
import { isEnabled, readSwitch } from './read-switch.js';
import { readValue } from './read-value.js';
import type { Settings, SettingWarning } from './settings.js';
import { type SwitchName, VALUES, type ValueName, type ValueOf, variablePrefix } from './table.js';
import { findUnknownVariables } from './unknown-variables.js';
import { type Environment, type FoundVariable, findVariables } from './variables.js';

/**
 * Resolve what the environment, `.env`, code and the defaults say into one complete set of settings.
 *
 * A value comes from the first of these that has a usable one. Switches are heard everywhere at once: an off in any
 * place is an off. `.env` may belong to somebody else's project, so it only narrows, unless `consent` is `'given'`.
 * Mistakes in variables never throw; they are listed in `warnings`.
 *
 * @param options - as the maker passed them; unknown names and wrong types are mistakes of the program
 * @param environment - from `readEnvironment()`; nothing else is read
 * @returns settings that are deeply frozen and share nothing with the arguments
 * @throws {ConfigError} `OPTION_UNKNOWN` or `OPTION_INVALID`, naming the option, never its value
 */
export function resolveSettings(options: TelemetryOptions, environment: Environment): Settings {
  const code = readCodeOptions(options);
  const app = optionValue(code, 'app');
  if (app === undefined) throw invalid('app', VALUES.app.kind.rule, undefined);
  const prefix = variablePrefix(app);
  const basis = optionValue(code, 'consent') ?? VALUES.consent.fallback;
  const mayWiden = basis === 'given';

  const warnings: SettingWarning[] = environment.isDotenvUnreadable ? [DOTENV_UNREADABLE] : [];
  const unusableDestinations: FoundVariable[] = [];

  const value = <N extends ValueName>(name: N): ValueOf<N> | (typeof VALUES)[N]['fallback'] => {
    const fromCode = optionValue(code, name);
    const reading = readValue(name, findVariables(name, prefix, environment), mayWiden);
    warnings.push(...reading.warnings);
    unusableDestinations.push(...reading.unusableDestinations);
    return reading.value ?? fromCode ?? VALUES[name].fallback;
  };
  const hear = (name: SwitchName) => {
    const variables = findVariables(name, prefix, environment);
    const reading = readSwitch(name, variables, optionSwitch(code, name), mayWiden);
    warnings.push(...reading.warnings);
    return reading;
  };

  const switches = {
    disableTelemetry: hear('disableTelemetry'),
    doNotTrack: hear('doNotTrack'),
    enabled: hear('enabled'),
    dryRun: hear('dryRun'),
    toolsOverPrivacy: hear('toolsOverPrivacy'),
  };
  const values = {
    version: value('version'),
    // An empty key in code is what `process.env.KEY ?? ''` comes to: no key.
    posthog: { key: value('posthog.key') || undefined, host: value('posthog.host') },
    delivery: {
      batchSize: value('delivery.batchSize'),
      batchIntervalMs: value('delivery.batchIntervalMs'),
      requestTimeoutMs: value('delivery.requestTimeoutMs'),
      shutdownTimeoutMs: value('delivery.shutdownTimeoutMs'),
      maxQueueSize: value('delivery.maxQueueSize'),
      maxQueueBytes: value('delivery.maxQueueBytes'),
      maxAttempts: value('delivery.maxAttempts'),
    },
    flags: { timeoutMs: value('flags.timeoutMs'), refreshIntervalMs: value('flags.refreshIntervalMs') },
    store: { directory: value('store.directory') },
  };

  return deepFreeze({
    app,
    prefix,
    consent: basis,
    ...values,
    toolsOverPrivacy: isEnabled(switches.toolsOverPrivacy),
    consentLayers: toConsentLayers({
      switches,
      basis,
      unusableDestinations,
      isDotenvUnreadable: environment.isDotenvUnreadable ?? false,
    }),
    warnings: [...warnings, ...findUnknownVariables(prefix, environment)],
  });
}

const DOTENV_UNREADABLE: SettingWarning = {
  code: 'DOTENV_UNREADABLE',
  source: '.env',
  rule: 'must be a readable file of at most 64 KB; nothing in it was used',
};
