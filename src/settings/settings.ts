import type { ConsentBasis, OtlpProtocol } from './options.js';
import type { Proxies } from './proxy.js';
import type { ValueName } from './table.js';

/** The parts of telemetry that are decided one by one. */
export type ConsentSwitch =
  | 'usageAnalytics'
  | 'errorReporting'
  | 'crashReporting'
  | 'diagnostics'
  | 'toolsOverPrivacy';

/** What a layer speaks about: telemetry as a whole, or one part of it. */
export type ConsentSubject = 'telemetry' | ConsentSwitch;

/** Where a contribution to the consent decision comes from. */
export type ConsentLayerName =
  | 'disable_variable'
  | 'do_not_track'
  | 'enabled_variable'
  | 'run_flag'
  | 'machine_policy'
  | 'project_policy'
  | 'user_config'
  | 'app_config'
  | 'umbrella_flag'
  | 'crash_flag'
  | 'marker_file'
  | 'file_unreadable'
  | 'dotenv_unreadable'
  | 'ci'
  | 'test_environment'
  | 'agent'
  | 'destination_invalid'
  | 'enabled_option'
  | 'dry_run_variable'
  | 'dry_run_option'
  | 'switch_variable'
  | 'switch_option'
  | 'given'
  | 'consent_file'
  | 'consent_file_unreadable'
  | 'notice'
  | 'store_unusable';

/** One contribution to the consent decision. It says what one place asks for; it decides nothing. */
export interface ConsentLayer {
  /** `off` forbids, `local` forbids sending (and is said of telemetry as a whole only), `yes` allows. */
  readonly kind: 'off' | 'local' | 'yes';
  readonly about: ConsentSubject;
  readonly layer: ConsentLayerName;
  /**
   * What speaks: a variable, an option, a flag, or a file with line and key, such as `DO_NOT_TRACK in .env` or
   * `/etc/acme/telemetry.json:3 (dry_run)`. The home directory is written `~`. Never a value.
   */
  readonly source: string;
  /** One sentence: what to do so that this layer no longer says so. */
  readonly fix: string;
}

/** A place whose word on consent may change while a process runs. */
export interface LayerSource {
  /** Differs whenever `read()` may return something else. Looks at no content. Never throws. */
  fingerprint(): string;
  /** Never throws. */
  read(): readonly ConsentLayer[];
}

export type SettingWarningCode =
  /** The text or the value breaks the rule: the next source, or the stricter value of a switch, was taken. */
  | 'VALUE_INVALID'
  /** `.env` may only narrow, and this value would have widened: it was not used. */
  | 'DOTENV_ONLY_NARROWS'
  /** The variable carries the app's prefix, and no setting has that name. */
  | 'VARIABLE_UNKNOWN'
  /** `.env` could not be read, so that nothing it says is known. */
  | 'DOTENV_UNREADABLE'
  /** A file may only narrow here, and this would have widened: it was not used. */
  | 'FILE_ONLY_NARROWS'
  /** A file holds a key, and no setting has that name. */
  | 'KEY_UNKNOWN'
  /** A file could not be read, or may be there: nothing it says is known. */
  | 'FILE_UNREADABLE';

/** Something outside of code that did not have the effect its author expects. Shown by `status()`, never printed. */
export interface SettingWarning {
  readonly code: SettingWarningCode;
  /**
   * The variable or the key, such as `ACME__TELEMETRY__BATCH_SIZE`, `ACME__TELEMETRY__BATCH_SIZE in .env` or
   * `~/.config/acme/telemetry.toml:3 (batch_size)`. Never its value.
   */
  readonly source: string;
  /** The rule as the rest of a sentence that starts with the source: `must be …`. */
  readonly rule: string;
}

/** Every setting, resolved: complete, deeply frozen, and sharing nothing with what it was resolved from. */
export interface Settings {
  readonly app: string;
  /** What the app's environment variables start with, such as `CODE_SEARCH`. */
  readonly prefix: string;
  /** What a person types for the telemetry commands of the app, such as `acme telemetry`; undefined when it has none. */
  readonly command: string | undefined;
  readonly version: string | undefined;
  readonly consent: ConsentBasis;
  /** Whether telemetry, and crash reporting by itself, stay off until flags in the config file of the app are on. */
  readonly umbrellaFlag: boolean;
  /** What the environment, `.env` and the options contribute to the consent decision, in no particular order. */
  readonly consentLayers: readonly ConsentLayer[];
  /** Whether a CI system runs the program, also where telemetry is allowed all the same. */
  readonly isCi: boolean;
  /** Whether this is the short process that sends what a program left at its end. */
  readonly isInFlusher: boolean;
  /** What requests may have to go through; `proxyFor()` says which of them. */
  readonly proxies: Proxies;
  /** What the `distinct_id` of events names. */
  readonly distinctId: 'session' | 'installation';
  /** Whether every recorded event is printed on standard error. */
  readonly verbose: boolean;
  /** Where the maker explains the telemetry of the app. */
  readonly privacyUrl: string | undefined;
  readonly posthog: {
    readonly key: string | undefined;
    /**
     * An http or https address without trailing slash, credentials, query or fragment. It is http only for this machine, or
     * where that was allowed.
     */
    readonly host: string;
    /** Whether the host, or the OTLP endpoint, may be one over http that is not this machine. */
    readonly allowHttp: boolean;
  };
  readonly otlp: {
    /**
     * An http or https address without trailing slash, credentials, query or fragment, and without the path of a signal; under
     * the same rule about http. Undefined: events go to PostHog.
     */
    readonly endpoint: string | undefined;
    readonly protocol: OtlpProtocol;
    /** By lower-case names. They may hold credentials: never shown to anybody. */
    readonly headers: Readonly<Record<string, string>>;
  };
  readonly crash: {
    /** Whether errors that nobody catches are recorded. */
    readonly captureUncaught: boolean;
    /** The folder of the app's own files, where the maker says so. */
    readonly appRoot: string | undefined;
  };
  readonly delivery: {
    readonly batchSize: number;
    readonly batchIntervalMs: number;
    readonly requestTimeoutMs: number;
    readonly shutdownTimeoutMs: number;
    readonly maxQueueSize: number;
    readonly maxQueueBytes: number;
    readonly maxAttempts: number;
    /** Whether what waits at the end of the program is sent by a short process of its own. */
    readonly detached: boolean;
    readonly compression: boolean;
    readonly compressionThresholdBytes: number;
  };
  readonly flags: {
    readonly timeoutMs: number;
    readonly refreshIntervalMs: number;
  };
  readonly store: {
    readonly directory: string | undefined;
    /** How long recorded events are kept for the user to see. */
    readonly retentionDays: number;
    /** How much of them is kept. */
    readonly maxLedgerBytes: number;
  };
  /**
   * Where each value came from, for people: `ACME__TELEMETRY__BATCH_SIZE`, `~/.config/acme/telemetry.toml:3 (batch_size)`,
   * `code` or `default`.
   */
  readonly origins: Readonly<Record<ValueName, string>>;
  readonly warnings: readonly SettingWarning[];
}
