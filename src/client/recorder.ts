import type { FrameSources, ReportedErrors } from '../crash/index.js';
import type { Outbox } from '../delivery/index.js';
import { FeatureFlagCalled, FeatureUsed } from '../events/index.js';
import type { Flags } from '../flags/index.js';
import { callHost, quietly } from '../internal/index.js';
import {
  type CounterName,
  type DropReason,
  type Envelope,
  type EventKind,
  type HashSource,
  mergeProperties,
  modelOf,
  type SanitizedEvent,
  type SanitizedProperties,
  type Sanitizer,
} from '../privacy/index.js';
import type { CrashFiles, Ledger, UsageLog } from '../store/index.js';
import type { Admission } from './admission.js';
import type { Counters } from './counters.js';
import type { CrashWatch } from './crash-watch.js';
import { Errors } from './errors.js';
import type { InstallationWatch } from './installation.js';
import { MetricsRecorder } from './metrics-recorder.js';
import type { Sessions } from './sessions.js';
import { observe } from './track/index.js';
import { createUsageRecorder, type UsageRecorder } from './usage/index.js';

export interface RecorderParts {
  readonly sanitizer: Sanitizer;
  readonly hashes: HashSource;
  readonly sessions: Sessions;
  readonly counters: Counters;
  readonly flags: Flags;
  /** The user's own view of what is recorded. */
  readonly ledger: Ledger;
  /** Undefined in mode `local`: events stand in the ledger, and go nowhere. */
  readonly outbox: Outbox | undefined;
  /** Whether events of a kind may be recorded; asked for each. */
  readonly mayRecord: (kind: EventKind) => boolean;
  readonly admission: Admission;
  /** Shows the person what is recorded; undefined unless they asked for it. */
  readonly show: ((event: SanitizedEvent) => void) | undefined;
  /** The id that events of a session leave under. */
  readonly distinctId: (sessionId: string) => string;
  readonly randomId: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds of a clock that never goes back. */
  readonly monotonicNow: () => number;
  /** The longest that what was measured is in memory only. */
  readonly metricsIntervalMs: number;
  /** Asked at the first error: it reads files. */
  readonly frames: () => FrameSources;
  readonly crashFiles: CrashFiles;
  /** What is counted for the user to see. */
  readonly usageLog: UsageLog;
  /** The names of the hooks that may be counted. */
  readonly hooks: ReadonlySet<CounterName>;
  /** Looks out while this recorder lives, and may record crashes. */
  readonly crashWatch: CrashWatch;
  /** Of the client: it may begin under one recorder and end under another. */
  readonly installation: InstallationWatch;
  /** Of the client too. */
  readonly reported: { readonly errors: ReportedErrors; readonly crashes: ReportedErrors };
  /** Whether this is still what records: consent is looked at. */
  readonly isCurrent: (recorder: Recorder) => boolean;
}

/** What exists once something may be recorded: the one way from a captured thing through the privacy door to delivery. */
export class Recorder {
  readonly sanitizer: Sanitizer;
  /** The secrets of the moment, for a preview that equals the wire. */
  readonly hashes: HashSource;
  readonly sessions: Sessions;
  readonly flags: Flags;
  readonly outbox: Outbox | undefined;
  readonly metrics: MetricsRecorder;
  readonly errors: Errors;
  readonly installation: InstallationWatch;
  readonly usage: UsageRecorder;
  readonly #parts: RecorderParts;

  constructor(parts: RecorderParts) {
    this.#parts = parts;
    this.sanitizer = parts.sanitizer;
    this.hashes = parts.hashes;
    this.sessions = parts.sessions;
    this.flags = parts.flags;
    this.outbox = parts.outbox;
    const record = (event: object) => this.recordOwn(event);
    const now = parts.monotonicNow;
    const { sessions, frames, crashFiles, reported, metricsIntervalMs: intervalMs } = parts;
    const { countDrop } = parts.counters;
    const isCurrent = () => parts.isCurrent(this);
    this.metrics = new MetricsRecorder({ sessions, record, countDrop, intervalMs, now, isCurrent });
    const mayRecord = (kind: EventKind) => this.mayRecord(kind);
    // What is kept to be told by digests needs the secret that they are made with.
    const makeSecret = () => void parts.hashes.installation();
    const keepCrash: CrashFiles['write'] = (event) => {
      makeSecret();
      return crashFiles.write(event);
    };
    this.errors = new Errors({ frames, crashFiles: { write: keepCrash }, reported, record, mayRecord });
    this.installation = parts.installation;
    this.usage = createUsageRecorder({
      log: {
        record: (counted) => {
          makeSecret();
          return parts.usageLog.record(counted);
        },
      },
      hooks: parts.hooks,
      toProperties: (payload) => this.sanitizer.properties(payload),
      recordUntyped: (name, payload) => this.recordUntyped(name, payload),
      recordFeatureUsed: (feature_name, feature_variant) =>
        this.recordOwn(Object.assign(new FeatureUsed(), { feature_name, feature_variant })),
      countDrop,
    });
    if (this.tells('crash')) parts.crashWatch.start();
  }

  /** An event that Sotto has made in the maker's name. */
  recordOwn(event: object): SanitizedEvent | undefined {
    return this.recordTyped(this.#parts.admission.asListed(event));
  }

  /**
   * An instance of an event class; `variants` are said as `$feature/<flag>` with this event only.
   *
   * @returns what stands in the ledger now; undefined, and counted, when nothing does
   */
  recordTyped(event: object, variants?: ReadonlyMap<string, string | boolean>): SanitizedEvent | undefined {
    const { admission, counters } = this.#parts;
    if (!this.mayRecord(modelOf(event)?.event?.kind ?? 'usage')) return undefined;
    if (admission.admits(event))
      return this.#accept(
        this.sanitizer.typed(event, this.envelope(variants && this.sanitizer.features(variants))),
      );
    counters.countDrop('not_in_catalogue');
    return undefined;
  }

  /** A payload that nobody declared. @returns as {@link recordTyped} */
  recordUntyped(name: string, payload: object): SanitizedEvent | undefined {
    const { admission, counters } = this.#parts;
    if (!this.mayRecord('usage')) return undefined;
    // An error is one under whatever name, and a metric has its own.
    if (admission.admitsUntyped && !isSignal(payload))
      return this.#accept(this.sanitizer.untyped(name, payload, this.envelope()));
    counters.countDrop(admission.admitsUntyped ? 'event_name_invalid' : 'not_in_catalogue');
    return undefined;
  }

  /** Whether events of a kind are recorded. */
  tells(kind: EventKind): boolean {
    return this.#parts.mayRecord(kind);
  }

  /** Whether events of a kind may be recorded; a loss is counted where not. */
  mayRecord(kind: EventKind): boolean {
    if (this.tells(kind)) return true;
    this.#parts.counters.countDrop('consent_off');
    return false;
  }

  /** A schema instance follows its own rules; what any other object makes of itself is untyped. */
  recordSerializable(name: string, source: { serializeForTelemetry(): object }): void {
    this.recordUntyped(name, modelOf(source) ? source : callHost(() => source.serializeForTelemetry()));
  }

  /** What events of a session say besides their own fields. */
  tagsOf(metadata: object): SanitizedProperties {
    const { admission, counters } = this.#parts;
    const isAdmitted = admission.admitsUntyped || isKnown(metadata, admission);
    if (isAdmitted && !isSignal(metadata)) return this.sanitizer.properties(metadata, 'session');
    counters.countDrop(isAdmitted ? 'value_unsupported' : 'not_in_catalogue');
    return mergeProperties();
  }

  /** Run `work` in a session of its own. What was measured in it is reported when it is over. */
  runSession<Result>(metadata: object, work: () => Result): Result {
    const session = this.sessions.create(this.tagsOf(metadata));
    return observe(
      () => this.sessions.within(session, work),
      () => this.metrics.report(session),
    );
  }

  recordExposure(key: string, response: string | boolean): void {
    if (!this.tells('usage')) return;
    this.recordTyped(Object.assign(new FeatureFlagCalled(), { key, response }));
  }

  /** Send what waits within the deadline, or hand it over, and end. */
  async shutdown(timeoutMs: number): Promise<void> {
    this.#letGo();
    this.metrics.report();
    if (this.outbox) await this.outbox.shutdown(timeoutMs);
    else this.#parts.ledger.close();
  }

  /** End now; what waits stays on disk, to be sent later. */
  leave(): void {
    this.#letGo();
    this.metrics.report();
    if (this.outbox) this.outbox.leave();
    else this.#parts.ledger.close();
  }

  /**
   * End now; what waits to be sent is dropped for this reason.
   *
   * @param isKept - whether it may still be written to the ledger
   */
  abandon(reason: DropReason, { isKept }: { readonly isKept: boolean }): void {
    this.#letGo();
    this.installation.discard();
    this.metrics.discard(reason);
    if (this.outbox) this.outbox.abandon(reason, { isKept });
    else if (isKept) this.#parts.ledger.close();
    else this.#parts.ledger.discard();
  }

  /** A new event's id, time, session and shared properties. */
  envelope(features?: SanitizedProperties): Envelope {
    const session = this.sessions.current;
    const common = session.common();
    return {
      uuid: this.#parts.randomId(),
      distinctId: this.#parts.distinctId(session.id),
      timestampMs: this.#parts.now(),
      common: features ? mergeProperties(common, features) : common,
    };
  }

  #letGo(): void {
    this.flags.abort();
    this.#parts.crashWatch.stop();
  }

  #accept(event: SanitizedEvent | undefined): SanitizedEvent | undefined {
    if (!event) return undefined;
    this.#parts.counters.countRecorded();
    this.#parts.ledger.record(event, this.sessions.processWide.id);
    this.#parts.show?.(event);
    this.outbox?.enqueue(event);
    return event;
  }
}

/** Is it of a class that tells of something else than use, or that has a meaning of its own for a sink? */
function isSignal(payload: object): boolean {
  return quietly(() => modelOf(payload)?.sources.has('$signal')) === true;
}

/** Whatever it does when it is looked at, it is then not known. */
function isKnown(metadata: object, { admits }: Admission): boolean {
  const look = () => {
    const model = modelOf(metadata);
    if (!model) return Object.keys(metadata).length === 0;
    // What an event says is listed for that event, and not for all others.
    return model.event === undefined && admits(metadata);
  };
  return quietly(look) === true;
}
