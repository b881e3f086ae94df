import { debuglog } from 'node:util';
import {
  assignFields,
  type MetricType,
  type SearchDescription,
  type SessionSummary,
  toSearchEvent,
  toSessionEvent,
} from '../events/index.js';
import type { FlagDeclarations, FlagValues } from '../flags/index.js';
import { callHost, describeThrown } from '../internal/index.js';
import {
  type Envelope,
  modelOf,
  modelOfSchema,
  type SanitizedEvent,
  type Sanitizer,
} from '../privacy/index.js';
import { askForConsent } from './ask-for-consent.js';
import type { Counters } from './counters.js';
import { hostOf, toWireOf } from './destination.js';
import { createEventNameCheck, type EventNameCheck } from './event-name-check.js';
import type { Gate } from './gate.js';
import type { Installation, InstallationWatch } from './installation.js';
import type { ConsentParts } from './open-consent.js';
import { PARTS, type TelemetryParts } from './parts.js';
import type { Recorder } from './recorder.js';
import type { FieldWarning, PeerWarning, Status } from './status.js';
import type {
  AskOptions,
  MetricClass,
  PostHogEventSource,
  Preview,
  SerializableSource,
  Telemetry,
} from './telemetry.js';
import { createTrack, type Track } from './track/index.js';
import { type HookSource, instrument, parseHookNames } from './usage/index.js';

/** Written to stderr with `NODE_DEBUG=sotto` only. */
const debug = debuglog('sotto');

export interface ClientParts {
  readonly consent: ConsentParts;
  readonly gate: Gate;
  readonly counters: Counters;
  readonly warnings: readonly (FieldWarning | PeerWarning)[];
  /** A door of its own that counts nothing, for previews. */
  readonly previewer: () => { readonly sanitizer: Sanitizer; readonly envelope: Envelope };
  readonly installation: InstallationWatch;
  /** Milliseconds of a clock that never goes back. */
  readonly monotonicNow: () => number;
  readonly onShutdown: () => void;
}

/** The public client: guards every call, and leaves the work to the recorder. */
export class Client implements Telemetry {
  readonly installation: Installation;
  readonly #parts: ClientParts;
  readonly #names: EventNameCheck = createEventNameCheck();
  #track: Track | undefined;
  #question: Promise<boolean> | undefined;
  #shutdown: Promise<void> | undefined;

  constructor(parts: ClientParts) {
    this.#parts = parts;
    bindCalls(this);
    this.installation = {
      start: (args) => this.#recordUsage(({ installation }) => installation.start(args)),
      step: (...step) => this.#recordUsage(({ installation }) => installation.step(...step)),
      complete: (outcome) => this.#recordUsage(({ installation }) => installation.complete(outcome)),
    };
  }

  get track(): Track {
    this.#track ??= createTrack({
      record: (event) => this.#record((recorder) => recorder.recordOwn(event)),
      metric: (name, measured, type) => this.trackMetric(name, measured, type),
      error: (thrown, context) => this.trackError(thrown, context),
      isOn: () => this.enabled,
      tellsErrors: () => this.#recorder?.tells('error') === true,
      now: this.#parts.monotonicNow,
    });
    return this.#track;
  }

  get [PARTS](): TelemetryParts {
    const { consent, gate } = this.#parts;
    const toWire = toWireOf(consent.settings);
    return {
      consent,
      refresh: () => void gate.refresh(),
      waiting: () => (this.#recorder?.outbox?.waiting ?? []).map(toWire),
    };
  }

  get enabled(): boolean {
    return this.#parts.gate.isOpen;
  }

  get sessionId(): string | undefined {
    return this.#recorder?.sessions.current.id;
  }

  askForConsent(options: AskOptions = {}): Promise<boolean> {
    this.#question ??= this.#ask(options).finally(() => {
      this.#question = undefined;
    });
    return this.#question;
  }

  enable(): boolean {
    const { consent, gate } = this.#parts;
    consent.optIn({ dryRun: false });
    gate.refresh();
    return this.enabled;
  }

  async disable(): Promise<void> {
    const { consent, gate } = this.#parts;
    try {
      consent.optOut();
    } catch (error) {
      consent.store.fail();
      throw error;
    } finally {
      gate.refresh();
    }
  }

  capture(event: object | string, properties: object = {}): void {
    this.#record((recorder) => {
      if (typeof event === 'string') recorder.recordUntyped(event, properties);
      else recorder.recordTyped(event);
    });
  }

  trackEvent(event: string | (new () => object), attributes: object = {}): void {
    if (typeof event === 'string') {
      this.#names.look(event);
      this.capture(event, attributes);
    } else {
      this.#record((recorder) => recorder.recordTyped(assignFields(new event(), attributes)));
    }
  }

  trackError(error: unknown, context: object = {}): void {
    this.#record((recorder) => recorder.errors.record(error, context));
  }

  trackMetric(metric: string | MetricClass, measured: number | object, type?: MetricType): void {
    this.#recordUsage((recorder) => recorder.metrics.measure(nameOfMetric(metric), measured, type));
  }

  captureCrash(error: unknown, context: object = {}): void {
    this.#record((recorder) => recorder.errors.recordCrash(error, 'captured', context));
  }

  captureFromEvent(source: PostHogEventSource): void {
    this.#recordUsage((recorder) => {
      // Taken apart and not spread: two members are read, however many the host's object goes on to give.
      const [name, properties] = callHost(() => source.toPosthogEvent());
      recorder.recordUntyped(name, properties);
    });
  }

  captureWithSerialization(name: string, source: SerializableSource): void {
    this.#recordUsage((recorder) => {
      if (typeof source?.serializeForTelemetry === 'function') {
        recorder.recordSerializable(name, source);
      } else {
        this.#parts.counters.countDrop('event_undeclared');
        debug('captureWithSerialization: skipped an object without serializeForTelemetry()');
      }
    });
  }

  captureSessionEvent(summary: SessionSummary): void {
    this.#record((recorder) => {
      const version = summary.version ?? this.#parts.consent.settings.version;
      recorder.recordTyped(toSessionEvent({ ...summary, version }));
    });
  }

  captureSearchEvent(search: SearchDescription): void {
    this.#record((recorder) => recorder.recordTyped(toSearchEvent(search), toVariants(search.featureFlags)));
  }

  recordFeature(feature: string, variant?: string): boolean {
    return this.#count((recorder) => recorder.usage.feature(feature, variant));
  }

  recordEvent(name: string, payload?: object | null, category = 'custom'): boolean {
    return this.#count((recorder) => recorder.usage.event(name, payload ?? {}, category));
  }

  hook(name: string, payload: object = {}): boolean {
    return this.#count((recorder) => recorder.usage.hook(name, payload));
  }

  instrument(source: HookSource, hooks?: readonly string[]): () => void {
    const { spelled } = hooks === undefined ? this.#parts.consent.hooks : parseHookNames(hooks);
    return instrument(source, spelled, (name, payload) => {
      this.#count((recorder) => recorder.usage.hook(name, callHost(payload)));
    });
  }

  startSession(metadata: object = {}): void {
    this.#recordUsage((recorder) => {
      if (recorder.sessions.start(recorder.tagsOf(metadata))) recorder.flags.resetExposures();
    });
  }

  async endSession(): Promise<void> {
    const recorder = this.#recorder;
    recorder?.metrics.report();
    recorder?.sessions.end();
    recorder?.flags.resetExposures();
    // Often the last thing a program awaits, so no server may hold it up for longer than a shutdown would.
    await recorder?.outbox?.flush(this.#delivery.shutdownTimeoutMs);
  }

  withSession<Result>(metadata: object, work: () => Result): Result {
    const recorder = this.#recorder;
    return recorder ? recorder.runSession(metadata, work) : work();
  }

  async getFeatureFlag(key: string, fallback: string | boolean | null = null): Promise<never> {
    const recorder = this.#recorder;
    return (recorder ? await recorder.flags.get(key, fallback) : fallback) as never;
  }

  async getAllFeatureFlags(): Promise<FlagValues<FlagDeclarations>> {
    return this.#recorder?.flags.all() ?? {};
  }

  async isFeatureEnabled(key: string, fallback = false): Promise<boolean> {
    return this.#recorder?.flags.isEnabled(key, fallback) ?? fallback;
  }

  preview(event: object | string, properties: object = {}): Preview | undefined {
    const { consent } = this.#parts;
    const { admission } = consent;
    const isAdmitted = typeof event === 'string' ? admission.admitsUntyped : admission.admits(event);
    if (!isAdmitted || !this.#wouldTell(event)) return undefined;
    const { sanitizer, envelope } = this.#parts.previewer();
    const sanitized: SanitizedEvent | undefined =
      typeof event === 'string'
        ? sanitizer.untyped(event, properties, envelope)
        : sanitizer.typed(event, envelope);
    if (!sanitized) return undefined;
    const { event: name, distinct_id, properties: wire } = toWireOf(consent.settings)(sanitized);
    return { event: name, distinct_id, properties: wire };
  }

  status(): Status {
    const { consent, gate, counters, warnings } = this.#parts;
    const { mode, why, switches } = gate.refresh();
    return {
      mode,
      why,
      hasEnded: gate.hasEnded,
      switches: Object.fromEntries(
        Object.entries(switches).map(([name, { enabled }]) => [name, enabled]),
      ) as Status['switches'],
      heldBack: consent.coverage.heldPaths(),
      ...counters.snapshot(),
      pending: this.#recorder?.outbox?.pending ?? 0,
      host: mode === 'on' ? hostOf(consent.settings) : undefined,
      warnings: [...consent.settings.warnings, ...warnings, ...this.#names.warnings],
    };
  }

  async flush(): Promise<void> {
    const recorder = this.#recorder;
    recorder?.metrics.report();
    await recorder?.outbox?.flush(this.#delivery.requestTimeoutMs);
  }

  shutdown(): Promise<void> {
    this.#shutdown ??= this.#end();
    return this.#shutdown;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#recorder?.metrics.report();
    this.#recorder?.sessions.end();
    await this.shutdown();
  }

  get #recorder(): Recorder | undefined {
    return this.#parts.gate.recorder;
  }

  /** Undecided or off, everything that the app tells of is shown. */
  #wouldTell(event: object | string): boolean {
    const recorder = this.#recorder;
    if (recorder === undefined) return true;
    const kind = typeof event === 'string' ? 'usage' : (modelOf(event)?.event?.kind ?? 'usage');
    return recorder.tells(kind);
  }

  get #delivery() {
    return this.#parts.consent.settings.delivery;
  }

  async #ask(options: AskOptions): Promise<boolean> {
    const { gate, consent } = this.#parts;
    if (gate.hasEnded) return this.enabled;
    await askForConsent(consent, options);
    gate.refresh();
    return this.enabled;
  }

  async #end(): Promise<void> {
    this.#parts.installation.cancel();
    const last = this.#parts.gate.end();
    this.#parts.onShutdown();
    await last?.shutdown(this.#delivery.shutdownTimeoutMs);
  }

  /** The host's objects may throw when they are read; nothing of that may reach the host. */
  #record(record: (recorder: Recorder) => void): void {
    const recorder = this.#recorder;
    if (!recorder) {
      this.#countLate();
      return;
    }
    try {
      record(recorder);
    } catch (error) {
      this.#parts.counters.countDrop('event_unserializable');
      if (debug.enabled) debug('an event was dropped because reading it failed: %s', describeThrown(error));
    }
  }

  /** What the host gives is not even read while use is not recorded. */
  #recordUsage(record: (recorder: Recorder) => void): void {
    this.#record((recorder) => {
      if (recorder.mayRecord('usage')) record(recorder);
    });
  }

  /** @returns whether it was counted */
  #count(count: (recorder: Recorder) => boolean): boolean {
    let isCounted = false;
    this.#recordUsage((recorder) => {
      isCounted = count(recorder);
    });
    return isCounted;
  }

  /** Without consent nothing was lost; after the end something was. */
  #countLate(): void {
    const { gate, counters } = this.#parts;
    if (gate.hasEnded && gate.wasOpen) counters.countDrop('after_shutdown');
  }
}

const CALLS = [
  'capture',
  'trackEvent',
  'trackError',
  'trackMetric',
  'captureCrash',
  'captureFromEvent',
  'captureWithSerialization',
  'captureSessionEvent',
  'captureSearchEvent',
  'recordFeature',
  'recordEvent',
  'hook',
] as const satisfies (keyof Client)[];

/** Recording calls work when they are passed on: `promise.catch(telemetry.trackError)`. */
function bindCalls(client: Client): void {
  for (const name of CALLS)
    Object.defineProperty(client, name, {
      value: (client[name] as () => unknown).bind(client),
      // Makers replace them in their tests.
      configurable: true,
      writable: true,
    });
}

/** A class is measured under the name of its event. */
const nameOfMetric = (metric: string | MetricClass): string =>
  typeof metric === 'string' ? metric : (modelOfSchema(metric)?.event?.name ?? '');

function toVariants(
  flags: SearchDescription['featureFlags'],
): ReadonlyMap<string, string | boolean> | undefined {
  if (!flags) return undefined;
  const isSet = (entry: [string, unknown]): entry is [string, string | boolean] =>
    typeof entry[1] === 'string' || typeof entry[1] === 'boolean';
  return new Map(Object.entries(flags).filter(isSet));
}
