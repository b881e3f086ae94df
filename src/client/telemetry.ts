import type { EventFields, MetricType, SearchDescription, SessionSummary } from '../events/index.js';
import type { FlagDeclarations, FlagKey, FlagValue, FlagValues } from '../flags/index.js';
import type { JsonObject } from '../privacy/index.js';
import type { Installation } from './installation.js';
import type { Status } from './status.js';
import type { Track } from './track/index.js';
import type { HookSource } from './usage/index.js';

/** Anything with the guide's own shape of an event. */
export interface PostHogEventSource {
  /** Name and properties; the properties pass through the rule for untyped payloads. */
  toPosthogEvent(): readonly [name: string, properties: object];
}

/** An object that reduces itself; what it returns passes through the rule for untyped payloads all the same. */
export interface SerializableSource {
  serializeForTelemetry(): object;
}

/** An event class that reports a metric. */
export type MetricClass = abstract new () => { readonly metric: string };

export interface AskOptions {
  /** How long to wait for an answer before going on without one; one minute unless given. */
  readonly timeoutMs?: number;
}

/** An event as it would go out now, without the id and time that every sending makes anew. */
export interface Preview {
  readonly event: string;
  readonly distinct_id: string;
  readonly properties: JsonObject;
}

/**
 * Telemetry for one app. Every recording call is safe anywhere: it never throws, never blocks, never prints, and does
 * nothing at all unless the user's consent allows it.
 *
 * @typeParam Declared - the app's flags, as given to `defineFlags()`
 */
export interface Telemetry<Declared extends FlagDeclarations = FlagDeclarations> extends AsyncDisposable {
  /** Whether anything is recorded. `status().why` says what decided. */
  readonly enabled: boolean;
  /** The random id of the current session; undefined when telemetry is off. */
  readonly sessionId: string | undefined;

  /**
   * Ask the person, once: on a terminal, when nothing has been decided and nothing else says no. The question says what is
   * collected, from the event classes. With `consent: 'opt-out'` a notice is shown instead, and sending starts with the
   * next run. All of it on stderr.
   *
   * A yes or a no is kept in the consent file, and nobody is asked again. Enter, Ctrl-C, the end of the input and the
   * time-out are no answer: telemetry stays off, and the next run asks again.
   *
   * Where there is a yes to an earlier version, which said less, the question or the notice is about what is more, and about
   * nothing else. What was agreed to leaves as before, whatever the answer; what is more leaves after a yes only. A no is kept
   * for this version.
   *
   * @returns whether events are recorded now. Where nobody can be asked, `status().why` says why not. Never rejects
   */
  askForConsent(options?: AskOptions): Promise<boolean>;

  /**
   * Keep the person's yes, said where the app asks itself, such as on a page of settings. Only for a person's own act: a
   * program that calls this by itself has no consent.
   *
   * @returns whether events are recorded now: any no beats this yes, and `status().why` names it
   * @throws {ConsentError} `CONSENT_NOT_STORED`
   */
  enable(): boolean;
  /**
   * Keep the person's no: what waits is deleted, ids and secret are erased, a request under way is given up, and none is made
   * afterwards, in this process at once and in others within a second.
   *
   * @returns rejects with {@link ConsentError} `CONSENT_NOT_STORED` where the no could not be kept; telemetry is off in this
   *   process all the same
   */
  disable(): Promise<void>;

  /** Record an instance of an event class. */
  capture(event: object): void;
  /** Record a payload that nobody declared, by the rule for untyped payloads. */
  capture(name: string, properties?: object): void;
  /** Record what `source.toPosthogEvent()` returns, by the rule for untyped payloads. */
  captureFromEvent(source: PostHogEventSource): void;
  /** Record an object that serializes itself; one that cannot is skipped. A schema class follows its own rules. */
  captureWithSerialization(name: string, source: SerializableSource): void;
  /** Record `<app>_session` from a session's statistics. */
  captureSessionEvent(summary: SessionSummary): void;
  /** Record `<app>_search`. */
  captureSearchEvent(search: SearchDescription): void;

  /**
   * Record an instance of an event class made of these attributes; what the class does not declare is dropped and counted.
   *
   * @example telemetry.trackEvent(StandardEvents.FEATURE_USED, { feature_name: 'list_contacts' })
   */
  trackEvent<Event extends object>(event: new () => Event, attributes: Partial<EventFields<Event>>): void;
  /** The same as {@link capture} of a payload that nobody declared. A good name is `namespace.category.action`. */
  trackEvent(name: string, attributes?: object): void;

  /**
   * Record that something went wrong: the class of the error, its category, code, a template of its message without values,
   * and its frames without anything of this machine. An error, or one that has it in its chain of causes, is recorded once.
   *
   * @param error - whatever was thrown
   * @param context - `error_code`, `operation` and `step_name` are fields of the event; anything else stands under `context`, by
   *   the rule for untyped payloads
   * @remarks Needs the consent to error reporting. Synchronous; reads the `package.json` of packages in the stack, each once.
   */
  trackError(error: unknown, context?: object): void;

  /**
   * Measure something. Values are added up in memory, and reported as one event for each series: at the end of the session, when
   * the process ends, before a flush, and once in a batch interval.
   *
   * @param metric - its name, or `StandardEvents.OPERATION_LATENCY`
   * @param measured - a number, or an object with `duration_ms` (a histogram of milliseconds) or `value`, whose other members are
   *   attributes that tell series apart
   * @param type - `gauge` unless given or measured as a duration
   * @remarks A histogram gives p50, p95 and p99, and its buckets can be added to those of other reports. At most 200 series are
   *   told apart at a time.
   */
  trackMetric(metric: string | MetricClass, measured: number | object, type?: MetricType): void;

  /**
   * Record an error that ends the program, or a part of it, and keep a report of it for the user to see. Needs the consent to
   * crash reports. Synchronous: it stands on disk when the call returns, or at the end of the process.
   *
   * @param context - by the rule for untyped payloads
   * @remarks With the option `crash.captureUncaught` this is done for errors that nobody catches; Node's own report, exit code
   *   and signal stay what they are.
   */
  captureCrash(error: unknown, context?: object): void;

  /** Helpers that wrap a piece of work and never change its result or error. */
  readonly track: Track;

  /** The steps of an installer. */
  readonly installation: Installation;

  /**
   * Count that a feature was used, and record it as `<app>.feature.used`. Counters stand on this machine for the user to see, exact
   * over several processes.
   *
   * @param feature - a label of your program, such as `toolkit.launch`: at most 64 printable ASCII characters without spaces, in which
   *   nothing identifies; case and outer white space make no difference
   * @param variant - a label too
   * @returns whether it was counted: false without consent, and for what is no label
   * @remarks Synchronous: it stands on disk when the call returns, also when the process is killed right after. Some ten
   *   microseconds; one call in some thousand adds up what was counted before, which takes some ten milliseconds.
   */
  recordFeature(feature: string, variant?: string): boolean;
  /**
   * Record an event that nobody declared, as {@link capture} does, and keep it among the last 200 that the local API shows.
   *
   * @param name - a label of your program, such as `asset.saved`; recorded in lower case
   * @param payload - by the rule for untyped payloads
   * @param category - a label; `custom` unless given. Not sent
   * @returns whether it was recorded
   */
  recordEvent(name: string, payload?: object | null, category?: string): boolean;
  /**
   * Count that a hook was called, with its last five payloads, on this machine only. Names have to stand in the option `hooks`.
   *
   * @param payload - by the rule for untyped payloads
   * @returns whether it was counted
   */
  hook(name: string, payload?: object): boolean;
  /**
   * Count hooks where they happen: of an `EventEmitter`, an `EventTarget`, or an object of the package `hookable`.
   *
   * @param hooks - of the option `hooks`, as the source spells them; all of them unless given
   * @returns stops counting them; may be called again
   * @throws {ConfigError} `OPTION_INVALID` for what is none of the three, and for what is no list of names
   * @remarks Listens and changes nothing. What a listener would change is not heard: `error`, which would no longer be thrown, `data` of
   *   a stream, signals and uncaught errors of the process, requests to upgrade a connection.
   */
  instrument(source: HookSource, hooks?: readonly string[]): () => void;

  /**
   * Open the process-wide session. Nothing happens while one is open.
   *
   * @param metadata - said with every event of the session, by the rule for untyped payloads
   */
  startSession(metadata?: object): void;
  /**
   * Close the process-wide session and send what waits. Resolves when it is sent or cannot be for now, at the latest
   * after the shutdown deadline; what could not be sent goes on waiting. Never rejects.
   */
  endSession(): Promise<void>;
  /** Run `work` in a session of its own, which holds for everything `work` does, awaited or not. */
  withSession<Result>(metadata: object, work: () => Result): Result;

  /**
   * The value of a flag; never rejects, and waits no longer than the flags' time-out.
   *
   * @param fallback - when there is no value, now or known from before; null unless given
   */
  getFeatureFlag<Key extends FlagKey<Declared>>(key: Key): Promise<FlagValue<Declared, Key> | null>;
  getFeatureFlag<Key extends FlagKey<Declared>, const Fallback extends FlagValue<Declared, Key> | null>(
    key: Key,
    fallback: Fallback,
  ): Promise<FlagValue<Declared, Key> | Fallback>;
  /** Every flag that has a value; empty when there is none to be had. Makes no exposure. */
  getAllFeatureFlags(): Promise<FlagValues<Declared>>;
  /** Is the flag true, or set to any variant? `fallback`, false unless given, when it has no value. */
  isFeatureEnabled(key: FlagKey<Declared>, fallback?: boolean): Promise<boolean>;

  /**
   * What would go on the wire for this event now, byte for byte; nothing is recorded or sent. While telemetry is
   * off there are no ids and no secret: they stand there as marked placeholders. Undefined when nothing would leave.
   */
  preview(event: object): Preview | undefined;
  preview(name: string, properties?: object): Preview | undefined;
  status(): Status;

  /** Send what waits. Resolves when it is sent or cannot be for now, at the latest after the request time-out; never rejects. */
  flush(): Promise<void>;
  /** Send what waits, within the shutdown deadline, and end. May be called twice; later captures do nothing. */
  shutdown(): Promise<void>;
}
