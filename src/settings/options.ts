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

/**
 * What a maker passes in code. Only `app` is required; defaults and bounds of the rest stand in one place,
 * the table in `table.ts`. Environment variables win over these, except that nothing undoes an off.
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
  /** `true` records events for the user to see and never sends them. */
  dryRun?: boolean;
  /** A second, separate yes: adds what a field declares for it, such as a redacted query. */
  toolsOverPrivacy?: boolean;
  posthog?: {
    /** Project key, `phc_…`. Without one nothing is sent; an empty string counts as none. */
    key?: string;
    /** Address of the PostHog instance or of a proxy before it; a path prefix is kept. */
    host?: string;
  };
  delivery?: {
    /** Events that make a batch leave before its interval is over. */
    batchSize?: number;
    batchIntervalMs?: number;
    requestTimeoutMs?: number;
    /** The longest that a shutdown may delay the program's exit. */
    shutdownTimeoutMs?: number;
    /** Events held in memory; more are dropped and counted. */
    maxQueueSize?: number;
    /** Estimated bytes of events held in memory; more are dropped and counted. */
    maxQueueBytes?: number;
    /** Requests made for one batch, the first one included. */
    maxAttempts?: number;
  };
  flags?: {
    /** How long a flag evaluation may wait before the caller's default is returned. */
    timeoutMs?: number;
    refreshIntervalMs?: number;
  };
  store?: {
    /** Absolute path of the state directory; without one, the platform's place for the app is used. */
    directory?: string;
  };
}
