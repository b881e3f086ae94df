/**
 * What counts as a yes before the user has said anything.
 *
 * - `opt-in`: nothing does; the user has to agree.
 * - `opt-out`: a notice that was shown does, from the run after it.
 * - `given`: the operator of this service has agreed elsewhere; no notice, no prompt.
 *
 * Every off beats every yes under all three.
 */
export type ConsentBasis = 'opt-in' | 'opt-out' | 'given';

/** How OTLP is spoken. */
export type OtlpProtocol = 'http/protobuf' | 'http/json';

/** An OTLP receiver: an OpenTelemetry collector, or a service that takes OTLP over HTTP. */
export interface OtlpOptions {
  /**
   * Its address, such as `http://localhost:4318`; a path prefix is kept, and `/v1/traces`, `/v1/metrics` and `/v1/logs` are put
   * behind it. Over http only for this machine, unless `posthog.allowHttp` is true.
   */
  endpoint?: string;
  protocol?: OtlpProtocol;
  /** Sent with every request, such as `{ authorization: 'Bearer ...' }`. Kept on disk, for this user only, while events wait. */
  headers?: Readonly<Record<string, string>>;
}

/**
 * What a maker passes in code. Only `app` is required; defaults and bounds of the rest stand in one place,
 * the table in `table.ts`. The environment and the user's and machine's files win over these, except that nothing undoes
 * an off.
 */
export interface TelemetryOptions {
  /**
   * Name of the program: lower case, starts with a letter, then letters, digits, `-` and `_`, at most 40 characters.
   * Its environment variables start with this name in upper case, `-` written as `_`.
   */
  app: string;
  /** Version of the program, such as `1.4.0` or `2.0.0-beta.1`. */
  version?: string;
  /** What counts as a yes before the user has said anything. */
  consent?: ConsentBasis;
  /** `false` turns telemetry off. `true` says nothing: only a user or an operator can say yes. */
  enabled?: boolean;
  /**
   * The flag that turned telemetry off for this run, such as `--disable-telemetry`; pass it only when the program was
   * called with it. Starts with `--`, holds no spaces, at most 60 characters.
   */
  runFlag?: string;
  /** `true` records events for the user to see and never sends them. */
  dryRun?: boolean;
  /** `false` leaves out events of use. `true` says nothing, but under `consent: 'given'`; so do the next four. */
  usageAnalytics?: boolean;
  /** `false` leaves out errors. */
  errorReporting?: boolean;
  /** Whether crash reports may be written: this needs a yes of its own. */
  crashReporting?: boolean;
  /** Whether diagnostics may be put together to hand on: this needs a yes of its own. */
  diagnostics?: boolean;
  /** Whether fields may add what they declare for it, such as a redacted query: this needs a yes of its own. */
  toolsOverPrivacy?: boolean;
  /**
   * What `distinct_id` names: a random id of each session, or one random id of the installation, which is made after
   * consent and erased with it.
   */
  distinctId?: 'session' | 'installation';
  /** What a person types for the telemetry commands of the program, such as `acme telemetry`; texts then name them. */
  command?: string;
  /**
   * Absolute path of the program's own config file, `.json` or `.toml`, of at most 64 KB. Its `telemetry` block is read;
   * it can only narrow, but under `consent: 'given'`.
   */
  configFile?: string;
  /**
   * `true` keeps telemetry off until `features.enable_observability` is true in the program's own config file, and crash
   * reporting until `features.enable_crash_uploader` is; where the first is absent, `features.enable_privacy_telemetry` stands
   * for it. Only a JSON or TOML boolean counts, and a flag is no yes: it only lets one count. The file is then, unless
   * `configFile` names it, `<app>.json` in the directory of the user's settings for the app, such as
   * `~/.config/acme/acme.json`.
   */
  umbrellaFlag?: boolean;
  /** `true` prints every event on standard error as it is recorded, with the bytes of properties that leave. */
  verbose?: boolean;
  /** An http or https address where you explain your telemetry. */
  privacyUrl?: string;
  posthog?: {
    /** Project key, `phc_…`. Without one nothing is sent; an empty string counts as none. */
    key?: string;
    /** Address of the PostHog instance or of a proxy before it; a path prefix is kept. */
    host?: string;
    /** `true` allows an http address that is not this machine: everybody on the way can then read what is sent. */
    allowHttp?: boolean;
  };
  /** Send events as OTLP over HTTP; `otlp()` of `sotto/otlp` checks this. `posthog.key`, if given too, is for flags only. */
  otlp?: OtlpOptions;
  crash?: {
    /**
     * `true` records errors that nobody catches, where the person has agreed to crash reports. What Node prints, exit code and
     * signal stay what they are.
     */
    captureUncaught?: boolean;
    /**
     * Absolute path of the folder with your `package.json`: frames below it are said relative to it. Unless given, it is looked
     * for above the script that runs, by the name of the app.
     */
    appRoot?: string;
  };
  delivery?: {
    /** Events that make a batch leave before its interval is over. */
    batchSize?: number;
    batchIntervalMs?: number;
    requestTimeoutMs?: number;
    /** The longest that a shutdown may delay the program's exit. */
    shutdownTimeoutMs?: number;
    /** Events held in memory; more stay on disk, for the end of the program or a later one to send. */
    maxQueueSize?: number;
    /** Estimated bytes of events held in memory; more stay on disk too. */
    maxQueueBytes?: number;
    /** Requests made for one batch, the first one included. */
    maxAttempts?: number;
    /**
     * Whether what waits at the end of the program is sent by a short process of its own, so that the program ends at once.
     * Unless given, `true` where a person is asked, and `false` under `consent: 'given'`.
     */
    detached?: boolean;
    /** `false` sends every batch as it is. */
    compression?: boolean;
    /** A batch of more bytes than this is compressed; 0 compresses all. */
    compressionThresholdBytes?: number;
  };
  flags?: {
    /** How long a flag evaluation may wait before the caller's default is returned. */
    timeoutMs?: number;
    refreshIntervalMs?: number;
  };
  store?: {
    /** Absolute path of the state directory; without one, the platform's place for the app is used. */
    directory?: string;
    /** Days for which recorded events are kept for the user to see. */
    retentionDays?: number;
    /** Bytes of recorded events that are kept; the oldest leave first. */
    maxLedgerBytes?: number;
  };
}
