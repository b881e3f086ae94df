import { foldName } from './fold-name.js';
import {
  ADDRESS,
  CONFIG_FILE,
  DIRECTORY,
  duration,
  HEADERS,
  HOST,
  OTLP_ENDPOINT,
  oneOf,
  pattern,
  SWITCH,
  type ValueKind,
  wholeNumber,
} from './kinds.js';

/**
 * A setting that holds a value.
 *
 * Precedence: the environment; under `consent: 'given'` then `.env`, the project's files (the nearest first) and the
 * app's own file; then the user's files, the machine's, code, and last `fallback`. Within one place the spellings count
 * in the order listed here; the first one that holds a usable value wins.
 */
export interface ValueSetting<T, F = T> {
  /** Spellings in order of precedence; `<APP>` stands for the app's prefix. Empty: no variable speaks for it. */
  readonly variables: readonly string[];
  /** Spellings in files, the name first. */
  readonly keys?: readonly string[];
  readonly kind: ValueKind<T>;
  readonly fallback: F;
  /**
   * `true` for what says where data goes. An empty variable then says nothing, and one that cannot be used
   * turns telemetry off: falling back would bring the data somewhere else than its owner said.
   */
  readonly isDestination?: boolean;
  /** What it narrows, in a few words for a table. */
  readonly narrows?: string;
}

/** A setting that says yes or no. Every spelling in every place is heard; none silences another. */
export interface SwitchSetting {
  readonly variables: readonly string[];
  /** Spellings in files, the name first. What narrows is heard in any case and with or without `_` and `-` too. */
  readonly keys?: readonly string[];
  readonly kind: ValueKind<boolean>;
  /** The more private of the two answers. What is neither counts as this one; a place that only narrows may say this one only. */
  readonly strict: boolean;
  /** Whether code may set it too, under the setting's name. */
  readonly isOption: boolean;
  /** `true` where a yes is consent itself, which no file can give. */
  readonly isConsent?: boolean;
  /** What it narrows, in a few words for a table. */
  readonly narrows: string;
}

const UNUSABLE = 'turns telemetry off when it cannot be used';

/** Speaks for the address of the sink that the maker chose: OTLP where code has `otlp.endpoint`, PostHog otherwise. */
export const ENDPOINT_VARIABLE = '<APP>_TELEMETRY_ENDPOINT';

const value = <T, const F = T>(setting: ValueSetting<T, F>): ValueSetting<T, F> => setting;

/** Every setting that holds a value, under the path of its code option. */
export const VALUES = {
  app: value({
    variables: [],
    kind: pattern(
      'lower case letters, digits, - and _, starting with a letter, at most 40 characters',
      /^[a-z][a-z0-9_-]{0,39}$/,
    ),
    fallback: undefined,
  }),
  version: value({
    variables: [],
    kind: pattern(
      'a version such as 1.4.0 or 2.0.0-beta.1, at most 64 characters',
      /^(?=.{1,64}$)\d+(\.\d+){0,3}([-+][0-9A-Za-z.+-]+)?$/,
    ),
    fallback: undefined,
  }),
  consent: value({
    variables: [],
    kind: oneOf('opt-in', 'opt-out', 'given'),
    fallback: 'opt-in',
  }),
  distinctId: value({
    variables: [],
    kind: oneOf('session', 'installation'),
    fallback: 'session',
    narrows: 'what the events of two sessions have in common',
  }),
  runFlag: value({
    variables: [],
    kind: pattern(
      'a flag that starts with --, without spaces, at most 60 characters',
      /^--[\x21-\x7e]{1,58}$/,
    ),
    fallback: undefined,
    narrows: 'turns telemetry off for this run',
  }),
  command: value({
    variables: [],
    kind: pattern(
      'a command such as acme telemetry, at most 60 characters',
      /^(?=.{1,60}$)[\w.@/-]+( [\w.@/-]+)*$/,
    ),
    fallback: undefined,
  }),
  configFile: value({ variables: [], kind: CONFIG_FILE, fallback: undefined }),
  umbrellaFlag: value({
    variables: [],
    kind: SWITCH,
    fallback: false,
    narrows: 'yes keeps everything off until a flag in the config file of the app is on',
  }),
  privacyUrl: value({ variables: [], kind: ADDRESS, fallback: undefined }),
  verbose: value({
    variables: ['<APP>_TELEMETRY_VERBOSE', '<APP>__TELEMETRY__VERBOSE'],
    keys: ['verbose'],
    kind: SWITCH,
    fallback: false,
  }),
  'posthog.key': value({
    variables: [
      '<APP>__TELEMETRY__POSTHOG_API_KEY',
      '<APP>_POSTHOG_API_KEY',
      '<APP>__TELEMETRY__POSTHOG_PROJECT_KEY',
    ],
    keys: ['posthog_api_key', 'posthog_project_key'],
    kind: pattern('at most 200 printable ASCII characters without spaces', /^[\x21-\x7e]{0,200}$/),
    fallback: undefined,
    isDestination: true,
    narrows: UNUSABLE,
  }),
  'posthog.host': value({
    variables: ['<APP>__TELEMETRY__POSTHOG_HOST', ENDPOINT_VARIABLE],
    keys: ['posthog_host'],
    kind: HOST,
    fallback: 'https://us.i.posthog.com',
    isDestination: true,
    narrows: UNUSABLE,
  }),
  'posthog.allowHttp': value({
    variables: ['<APP>__TELEMETRY__ALLOW_HTTP'],
    keys: ['allow_http'],
    kind: SWITCH,
    fallback: false,
  }),
  'otlp.endpoint': value({
    variables: ['<APP>__TELEMETRY__OTLP_ENDPOINT', ENDPOINT_VARIABLE],
    keys: ['otlp_endpoint'],
    kind: OTLP_ENDPOINT,
    fallback: undefined,
    isDestination: true,
    narrows: UNUSABLE,
  }),
  'otlp.protocol': value({
    variables: ['<APP>__TELEMETRY__OTLP_PROTOCOL'],
    keys: ['otlp_protocol'],
    kind: oneOf('http/protobuf', 'http/json'),
    fallback: 'http/protobuf',
  }),
  'otlp.headers': value({ variables: [], kind: HEADERS, fallback: undefined }),
  'crash.captureUncaught': value({ variables: [], kind: SWITCH, fallback: false }),
  'crash.appRoot': value({ variables: [], kind: DIRECTORY, fallback: undefined }),
  'delivery.batchSize': value({
    variables: ['<APP>__TELEMETRY__BATCH_SIZE'],
    keys: ['batch_size'],
    kind: wholeNumber(1, 1000),
    fallback: 10,
  }),
  'delivery.batchIntervalMs': value({
    variables: ['<APP>__TELEMETRY__BATCH_INTERVAL_SECONDS'],
    keys: ['batch_interval_seconds'],
    kind: duration(100, 3_600_000),
    fallback: 60_000,
  }),
  'delivery.requestTimeoutMs': value({
    variables: ['<APP>__TELEMETRY__REQUEST_TIMEOUT_SECONDS'],
    keys: ['request_timeout_seconds'],
    kind: duration(1, 300_000),
    fallback: 10_000,
  }),
  'delivery.shutdownTimeoutMs': value({
    variables: ['<APP>__TELEMETRY__SHUTDOWN_TIMEOUT_SECONDS'],
    keys: ['shutdown_timeout_seconds'],
    kind: duration(0, 60_000),
    fallback: 1_000,
  }),
  'delivery.detached': value({
    variables: ['<APP>__TELEMETRY__DETACHED'],
    keys: ['detached'],
    kind: SWITCH,
    fallback: undefined,
  }),
  'delivery.maxQueueSize': value({
    variables: ['<APP>__TELEMETRY__MAX_QUEUE_SIZE'],
    keys: ['max_queue_size'],
    kind: wholeNumber(1, 1_000_000),
    // What waits takes half of the memory that a client may hold: some 16 MB of 30.
    fallback: 40_000,
  }),
  'delivery.maxQueueBytes': value({
    variables: ['<APP>__TELEMETRY__MAX_QUEUE_BYTES'],
    keys: ['max_queue_bytes'],
    kind: wholeNumber(1_024, 1_073_741_824),
    // Room for as many of fifteen fields, and a fifth more: 24 MiB.
    fallback: 25_165_824,
  }),
  'delivery.maxAttempts': value({
    variables: ['<APP>__TELEMETRY__MAX_ATTEMPTS'],
    keys: ['max_attempts'],
    kind: wholeNumber(1, 100),
    fallback: 5,
  }),
  'delivery.compression': value({
    variables: ['<APP>__TELEMETRY__COMPRESSION'],
    keys: ['compression'],
    kind: SWITCH,
    fallback: true,
  }),
  'delivery.compressionThresholdBytes': value({
    variables: ['<APP>__TELEMETRY__COMPRESSION_THRESHOLD_BYTES'],
    keys: ['compression_threshold_bytes'],
    kind: wholeNumber(0, 1_073_741_824),
    fallback: 1_024,
  }),
  'flags.timeoutMs': value({ variables: [], kind: wholeNumber(1, 60_000), fallback: 1_000 }),
  'flags.refreshIntervalMs': value({ variables: [], kind: wholeNumber(100, 86_400_000), fallback: 300_000 }),
  'store.directory': value({
    variables: ['<APP>__TELEMETRY__STATE_DIRECTORY'],
    keys: ['state_directory'],
    kind: DIRECTORY,
    fallback: undefined,
    isDestination: true,
    narrows: UNUSABLE,
  }),
  'store.retentionDays': value({
    variables: ['<APP>__TELEMETRY__RETENTION_DAYS'],
    keys: ['retention_days'],
    kind: wholeNumber(1, 3650),
    fallback: 30,
    narrows: 'how long events stay on this machine',
  }),
  'store.maxLedgerBytes': value({
    variables: ['<APP>__TELEMETRY__MAX_LEDGER_BYTES'],
    keys: ['max_ledger_bytes'],
    kind: wholeNumber(65_536, 1_073_741_824),
    fallback: 10_485_760,
    narrows: 'how much of them stays on this machine',
  }),
} as const;

/** Every setting that says yes or no. */
export const SWITCHES = {
  disableTelemetry: {
    variables: ['DISABLE_TELEMETRY', '<APP>_DISABLE_TELEMETRY', '<APP>__TELEMETRY__DISABLE_TELEMETRY'],
    keys: ['disable_telemetry'],
    kind: SWITCH,
    strict: true,
    isOption: false,
    narrows: 'yes turns everything off',
  },
  doNotTrack: {
    variables: ['DO_NOT_TRACK', '<APP>_DO_NOT_TRACK', '<APP>__TELEMETRY__DO_NOT_TRACK'],
    keys: ['do_not_track'],
    kind: SWITCH,
    strict: true,
    isOption: false,
    narrows: 'yes turns everything off',
  },
  enabled: {
    variables: ['<APP>_TELEMETRY_ENABLED', '<APP>__TELEMETRY__ENABLED'],
    // The last one is for a `telemetry: false` where others have a block of settings.
    keys: ['telemetry_enabled', 'telemetry_opt_in', 'enabled', 'telemetry'],
    kind: SWITCH,
    strict: false,
    isOption: true,
    isConsent: true,
    narrows: 'no turns everything off',
  },
  dryRun: {
    variables: ['<APP>__TELEMETRY__DRY_RUN'],
    keys: ['dry_run'],
    kind: SWITCH,
    strict: true,
    isOption: true,
    narrows: 'yes sends nothing, and keeps events for the user to see',
  },
  usageAnalytics: {
    variables: ['<APP>__TELEMETRY__USAGE_ANALYTICS'],
    keys: ['usage_analytics_enabled'],
    kind: SWITCH,
    strict: false,
    isOption: true,
    narrows: 'no leaves out events of use',
  },
  errorReporting: {
    variables: ['<APP>__TELEMETRY__ERROR_REPORTING'],
    keys: ['error_reporting_enabled'],
    kind: SWITCH,
    strict: false,
    isOption: true,
    narrows: 'no leaves out errors',
  },
  crashReporting: {
    variables: ['<APP>__TELEMETRY__CRASH_REPORTING'],
    keys: ['crash_reporting_enabled', 'crash_opt_in'],
    kind: SWITCH,
    strict: false,
    isOption: true,
    narrows: 'without a yes no crash report is written',
  },
  diagnostics: {
    variables: ['<APP>__TELEMETRY__DIAGNOSTICS'],
    keys: ['diagnostics_enabled', 'diagnostics_opt_in'],
    kind: SWITCH,
    strict: false,
    isOption: true,
    narrows: 'without a yes there are no diagnostics to hand on',
  },
  toolsOverPrivacy: {
    variables: ['<APP>__TELEMETRY__TOOLS_OVER_PRIVACY'],
    keys: ['tools_over_privacy', 'tools_above_privacy'],
    kind: SWITCH,
    strict: false,
    isOption: true,
    narrows: 'without a yes fields stay without their extra, such as a redacted query',
  },
} as const satisfies Record<string, SwitchSetting>;

export type ValueName = keyof typeof VALUES;
/** The type of a setting's value. */
export type ValueOf<N extends ValueName> = NonNullable<ReturnType<(typeof VALUES)[N]['kind']['fromCode']>>;
export type SwitchName = keyof typeof SWITCHES;
export type SettingName = ValueName | SwitchName;

export const isSwitchName = (name: SettingName): name is SwitchName => Object.hasOwn(SWITCHES, name);

const ROWS: Readonly<Record<SettingName, ValueSetting<unknown, unknown> | SwitchSetting>> = {
  ...VALUES,
  ...SWITCHES,
};

/** Names of all settings that hold a value, in the order of their table. */
export const VALUE_NAMES = Object.keys(VALUES) as readonly ValueName[];

/** Names of all switches, in the order of their table. */
export const SWITCH_NAMES = Object.keys(SWITCHES) as readonly SwitchName[];

/** Names of all settings, values first, in the order of the tables. */
export const SETTING_NAMES = Object.keys(ROWS) as readonly SettingName[];

/** Paths that code may set, such as `delivery.batchSize`. */
export const OPTION_PATHS: readonly string[] = SETTING_NAMES.filter((name) => {
  const row = ROWS[name];
  return !('isOption' in row) || row.isOption;
});

/** What the variables of an app start with: `code-search` gives `CODE_SEARCH`. */
export function variablePrefix(app: string): string {
  return app.toUpperCase().replaceAll('-', '_');
}

/** The variables that speak for a setting, spelled for one app, in order of precedence. May be empty. */
export function variableNames(name: SettingName, prefix: string): readonly string[] {
  return ROWS[name].variables.map((variable) => variable.replace('<APP>', prefix));
}

/** The keys of files that speak for a setting, its name first. May be empty. */
export function keyNames(name: SettingName): readonly string[] {
  return ROWS[name].keys ?? [];
}

interface SwitchKey {
  readonly key: string;
  readonly strict: boolean;
}

let switchKeys: ReadonlyMap<string, SwitchKey> | undefined;

/** The key of a switch that is meant by one that a person wrote, as `disable_telemetry` is by `disableTelemetry`. */
function findSwitchKey(written: string): SwitchKey | undefined {
  switchKeys ??= new Map(
    SWITCH_NAMES.flatMap((name) =>
      keyNames(name).map((key) => [foldName(key), { key, strict: SWITCHES[name].strict }] as const),
    ),
  );
  return switchKeys.get(foldName(written));
}

/** Whether a key of a file is that of a switch, in any case and with or without `_` and `-`. */
export const isSwitchKey = (written: string) => findSwitchKey(written) !== undefined;

/**
 * The key that one in a file counts as: the own spelling of a switch, unless it is spelled otherwise and says the less
 * private of the two answers. No no is lost to its spelling, and only the documented one widens.
 */
export function toSettledKey(written: string, said: unknown): string {
  const meant = findSwitchKey(written);
  return meant === undefined || said === !meant.strict ? written : meant.key;
}
