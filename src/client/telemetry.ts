import type { SearchDescription, SessionSummary } from '../events/index.js';
import type { FlagDeclarations, FlagKey, FlagValue, FlagValues } from '../flags/index.js';
import type { JsonObject } from '../privacy/index.js';
import type { Status } from './status.js';

/** Anything with the guide's own shape of an event. */
export interface PostHogEventSource {
  /** Name and properties; the properties pass through the rule for untyped payloads. */
  toPosthogEvent(): readonly [name: string, properties: object];
}

/** An object that reduces itself; what it returns passes through the rule for untyped payloads all the same. */
export interface SerializableSource {
  serializeForTelemetry(): object;
}

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
