import type { ConsentBasis } from './options.js';

/** Where a contribution to the consent decision comes from. */
export type ConsentLayerName =
  | 'disable_variable'
  | 'do_not_track'
  | 'enabled_variable'
  | 'enabled_option'
  | 'destination_invalid'
  | 'dotenv_unreadable'
  | 'dry_run_variable'
  | 'dry_run_option'
  | 'given';

/** One contribution to the consent decision. It says what one place asks for; it decides nothing. */
export interface ConsentLayer {
  /** `off` forbids, `local` forbids sending, `yes` allows. */
  readonly kind: 'off' | 'local' | 'yes';
  readonly layer: ConsentLayerName;
  /** The variable or option that speaks, such as `DO_NOT_TRACK`, `DO_NOT_TRACK in .env` or `enabled`. Never its value. */
  readonly source: string;
  /** One sentence: what to do so that this layer no longer says so. */
  readonly fix: string;
}

export type SettingWarningCode =
  /** The text breaks the variable's rule: the next source, or the stricter value of a switch, was taken. */
  | 'VALUE_INVALID'
  /** `.env` may only narrow, and this value would have widened: it was not used. */
  | 'DOTENV_ONLY_NARROWS'
  /** The variable carries the app's prefix, and no setting has that name. */
  | 'VARIABLE_UNKNOWN'
  /** `.env` could not be read, so that nothing it says is known. */
  | 'DOTENV_UNREADABLE';

/** Something in the environment that did not have the effect its author expects. Shown by `status()`, never printed. */
export interface SettingWarning {
  readonly code: SettingWarningCode;
  /** The variable, such as `ACME__TELEMETRY__BATCH_SIZE` or `ACME__TELEMETRY__BATCH_SIZE in .env`. Never its value. */
  readonly source: string;
  /** The rule as the rest of a sentence that starts with the source: `must be …`. */
  readonly rule: string;
}

/** Every setting, resolved: complete, deeply frozen, and sharing nothing with what it was resolved from. */
export interface Settings {
  readonly app: string;
  /** What the app's environment variables start with, such as `CODE_SEARCH`. */
  readonly prefix: string;
  readonly version: string | undefined;
  readonly consent: ConsentBasis;
  /** What the environment and the options contribute to the consent decision, in no particular order. */
  readonly consentLayers: readonly ConsentLayer[];
  readonly toolsOverPrivacy: boolean;
  readonly posthog: {
    readonly key: string | undefined;
    /** An http or https address without trailing slash, credentials, query or fragment. */
    readonly host: string;
  };
  readonly delivery: {
    readonly batchSize: number;
    readonly batchIntervalMs: number;
    readonly requestTimeoutMs: number;
    readonly shutdownTimeoutMs: number;
    readonly maxQueueSize: number;
    readonly maxQueueBytes: number;
    readonly maxAttempts: number;
  };
  readonly flags: {
    readonly timeoutMs: number;
    readonly refreshIntervalMs: number;
  };
  readonly store: {
    readonly directory: string | undefined;
  };
  readonly warnings: readonly SettingWarning[];
}
