import { DIRECTORY, duration, HOST, oneOf, pattern, SWITCH, type ValueKind, wholeNumber } from './kinds.js';

/**
 * A setting that holds a value.
 *
 * Precedence: the environment, then `.env` (under `consent: 'given'` only), then code, then `fallback`. Within
 * one place the spellings count in the order listed here; the first one that holds a usable value wins.
 */
export interface ValueSetting<T, F = T> {
  /** Spellings in order of precedence; `<APP>` stands for the app's prefix. Empty: code only. */
  readonly variables: readonly string[];
  readonly kind: ValueKind<T>;
  readonly fallback: F;
  /**
   * `true` for what says where data goes. An empty variable then says nothing, and one that cannot be used
   * turns telemetry off: falling back would bring the data somewhere else than its owner said.
   */
  readonly isDestination?: boolean;
}

/** A setting that says yes or no. Every spelling in every place is heard; none silences another. */
export interface SwitchSetting {
  readonly variables: readonly string[];
  readonly kind: ValueKind<boolean>;
  /** The more private of the two answers. A text that is neither counts as this one; `.env` may only say this one. */
  readonly strict: boolean;
  /** Whether code may set it too, under the setting's name. */
  readonly isOption: boolean;
}

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
  consent: value({ variables: [], kind: oneOf('opt-in', 'opt-out', 'given'), fallback: 'opt-in' }),
  'posthog.key': value({
    variables: [
      '<APP>__TELEMETRY__POSTHOG_API_KEY',
      '<APP>_POSTHOG_API_KEY',
      '<APP>__TELEMETRY__POSTHOG_PROJECT_KEY',
    ],
    kind: pattern('at most 200 printable ASCII characters without spaces', /^[\x21-\x7e]{0,200}$/),
    fallback: undefined,
    isDestination: true,
  }),
  'posthog.host': value({
    variables: ['<APP>__TELEMETRY__POSTHOG_HOST'],
    kind: HOST,
    fallback: 'https://us.i.posthog.com',
    isDestination: true,
  }),
  'delivery.batchSize': value({
    variables: ['<APP>__TELEMETRY__BATCH_SIZE'],
    kind: wholeNumber(1, 1000),
    fallback: 10,
  }),
  'delivery.batchIntervalMs': value({
    variables: ['<APP>__TELEMETRY__BATCH_INTERVAL_SECONDS'],
    kind: duration(100, 3_600_000),
    fallback: 60_000,
  }),
  'delivery.requestTimeoutMs': value({ variables: [], kind: wholeNumber(1, 300_000), fallback: 10_000 }),
  'delivery.shutdownTimeoutMs': value({ variables: [], kind: wholeNumber(0, 60_000), fallback: 1_000 }),
  'delivery.maxQueueSize': value({ variables: [], kind: wholeNumber(1, 1_000_000), fallback: 100_000 }),
  'delivery.maxQueueBytes': value({
    variables: [],
    kind: wholeNumber(1_024, 1_073_741_824),
    fallback: 67_108_864,
  }),
  'delivery.maxAttempts': value({ variables: [], kind: wholeNumber(1, 100), fallback: 5 }),
  'flags.timeoutMs': value({ variables: [], kind: wholeNumber(1, 60_000), fallback: 1_000 }),
  'flags.refreshIntervalMs': value({ variables: [], kind: wholeNumber(100, 86_400_000), fallback: 300_000 }),
  'store.directory': value({
    variables: ['<APP>__TELEMETRY__STATE_DIRECTORY'],
    kind: DIRECTORY,
    fallback: undefined,
    isDestination: true,
  }),
} as const;

/** Every setting that says yes or no. */
export const SWITCHES = {
  disableTelemetry: {
    variables: ['DISABLE_TELEMETRY', '<APP>_DISABLE_TELEMETRY', '<APP>__TELEMETRY__DISABLE_TELEMETRY'],
    kind: SWITCH,
    strict: true,
    isOption: false,
  },
  doNotTrack: { variables: ['DO_NOT_TRACK'], kind: SWITCH, strict: true, isOption: false },
  enabled: { variables: ['<APP>_TELEMETRY_ENABLED'], kind: SWITCH, strict: false, isOption: true },
  dryRun: { variables: ['<APP>__TELEMETRY__DRY_RUN'], kind: SWITCH, strict: true, isOption: true },
  toolsOverPrivacy: {
    variables: ['<APP>__TELEMETRY__TOOLS_OVER_PRIVACY'],
    kind: SWITCH,
    strict: false,
    isOption: true,
  },
} as const satisfies Record<string, SwitchSetting>;

export type ValueName = keyof typeof VALUES;
/** The type of a setting's value. */
export type ValueOf<N extends ValueName> = NonNullable<ReturnType<(typeof VALUES)[N]['kind']['fromCode']>>;
export type SwitchName = keyof typeof SWITCHES;
export type SettingName = ValueName | SwitchName;

const ROWS: Readonly<Record<SettingName, ValueSetting<unknown, unknown> | SwitchSetting>> = {
  ...VALUES,
  ...SWITCHES,
};

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
