import { deepFreeze } from '../internal/index.js';
import { invalid, optionValue, readCodeOptions } from './code-options.js';
import { type ConfigFile, findKeys } from './config-files.js';
import { toConsentLayers } from './consent-layers.js';
import { readFlusherToken } from './flusher-token.js';
import { toOptionLayers } from './option-layers.js';
import type { TelemetryOptions } from './options.js';
import { findProxies } from './proxy.js';
import { readSwitch, type SwitchReading } from './read-switch.js';
import { resolveValues } from './resolve-values.js';
import type { Settings, SettingWarning } from './settings.js';
import { SWITCH_NAMES, type SwitchName, VALUES, variablePrefix } from './table.js';
import { findUnknownKeys } from './unknown-keys.js';
import { findUnknownVariables } from './unknown-variables.js';
import { type Environment, findLoadedPlaces, findVariables } from './variables.js';
import { mayWiden } from './word.js';

/**
 * Resolve what the environment, `.env`, files, code and the defaults say into one complete set of settings.
 *
 * A value comes from the first of these that has a usable one. Switches are heard everywhere at once: an off in any
 * place is an off. `.env` and the files of a project may belong to somebody else, so they only narrow, unless `consent`
 * is `'given'`. Mistakes outside of code never throw; they are listed in `warnings`.
 *
 * @param options - as the maker passed them; unknown names and wrong types are mistakes of the program
 * @param environment - from `readEnvironment()`; nothing else is read
 * @param files - from `readConfigFiles()`. Their values and warnings are taken; their word on consent may change while the
 *   process runs, and comes from `createConfigFileSource()`
 * @returns settings that are deeply frozen and share nothing with the arguments
 * @throws {ConfigError} `OPTION_UNKNOWN` or `OPTION_INVALID`, naming the option, never its value
 */
export function resolveSettings(
  options: TelemetryOptions,
  environment: Environment,
  files: readonly ConfigFile[] = [],
): Settings {
  const code = readCodeOptions(options);
  const app = optionValue(code, 'app');
  if (app === undefined) throw invalid('app', VALUES.app.kind.rule, undefined);
  const prefix = variablePrefix(app);
  const consent = optionValue(code, 'consent') ?? VALUES.consent.fallback;
  const context = { prefix, isGiven: consent === 'given' };

  const resolved = resolveValues({ code, environment, files, ...context });
  const { values, origins } = resolved;
  const unusableDestinations = [
    ...resolved.unusableDestinations,
    ...findLoadedPlaces(environment).filter((word) => !mayWiden(word, context.isGiven)),
  ];
  const { proxies, warnings: proxyWarnings } = findProxies(environment, context.isGiven);
  const hear = (name: SwitchName) => readSwitch(name, findVariables(name, prefix, environment), context);
  const switches = Object.fromEntries(SWITCH_NAMES.map((name) => [name, hear(name)])) as Readonly<
    Record<SwitchName, SwitchReading>
  >;
  const { isDotenvUnreadable = false, surroundings = [] } = environment;

  return deepFreeze({
    app,
    prefix,
    command: values.command,
    version: values.version,
    consent,
    umbrellaFlag: values.umbrellaFlag,
    consentLayers: [
      ...toConsentLayers({ prefix, switches, unusableDestinations, isDotenvUnreadable, surroundings }),
      ...toOptionLayers(code),
    ],
    isCi: surroundings.some(({ kind }) => kind === 'ci'),
    isInFlusher: readFlusherToken(environment) !== undefined,
    proxies,
    distinctId: values.distinctId,
    verbose: values.verbose,
    privacyUrl: values.privacyUrl,
    posthog: {
      key: values['posthog.key'],
      host: values['posthog.host'],
      allowHttp: values['posthog.allowHttp'],
    },
    otlp: {
      endpoint: values['otlp.endpoint'],
      protocol: values['otlp.protocol'],
      headers: values['otlp.headers'] ?? {},
    },
    crash: {
      captureUncaught: values['crash.captureUncaught'],
      appRoot: values['crash.appRoot'],
    },
    delivery: {
      batchSize: values['delivery.batchSize'],
      batchIntervalMs: values['delivery.batchIntervalMs'],
      requestTimeoutMs: values['delivery.requestTimeoutMs'],
      shutdownTimeoutMs: values['delivery.shutdownTimeoutMs'],
      maxQueueSize: values['delivery.maxQueueSize'],
      maxQueueBytes: values['delivery.maxQueueBytes'],
      maxAttempts: values['delivery.maxAttempts'],
      detached: values['delivery.detached'] ?? !context.isGiven,
      compression: values['delivery.compression'],
      compressionThresholdBytes: values['delivery.compressionThresholdBytes'],
    },
    flags: {
      timeoutMs: values['flags.timeoutMs'],
      refreshIntervalMs: values['flags.refreshIntervalMs'],
    },
    store: {
      directory: values['store.directory'],
      retentionDays: values['store.retentionDays'],
      maxLedgerBytes: values['store.maxLedgerBytes'],
    },
    origins,
    warnings: [
      ...(isDotenvUnreadable ? [DOTENV_UNREADABLE] : []),
      ...resolved.warnings,
      ...proxyWarnings,
      ...SWITCH_NAMES.flatMap((name) => switches[name].warnings),
      ...SWITCH_NAMES.flatMap((name) => readSwitch(name, findKeys(name, files), context).warnings),
      ...files.flatMap(toFileWarnings),
      ...findUnknownKeys(files),
      ...findUnknownVariables(prefix, environment),
    ],
  });
}

const DOTENV_UNREADABLE: SettingWarning = {
  code: 'DOTENV_UNREADABLE',
  source: '.env',
  rule: 'must be a readable file of at most 64 KB; nothing in it was used',
};

function toFileWarnings({ status, path }: ConfigFile): readonly SettingWarning[] {
  switch (status) {
    case 'read':
    case 'marker':
      return [];
    case 'hidden':
      return [
        {
          code: 'FILE_UNREADABLE',
          source: path,
          rule: 'stands, if it does, where this program may not look',
        },
      ];
    case 'unreadable':
      return [
        {
          code: 'FILE_UNREADABLE',
          source: path,
          rule: 'must be a readable and valid file of at most 64 KB; nothing in it was used',
        },
      ];
    default:
      return status satisfies never;
  }
}
