import type { Outbox } from '../delivery/index.js';
import { FeatureFlagCalled } from '../events/index.js';
import type { Flags } from '../flags/index.js';
import { callHost } from '../internal/index.js';
import {
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
import type { Ledger } from '../store/index.js';
import type { Admission } from './admission.js';
import type { Counters } from './counters.js';
import type { Sessions } from './sessions.js';

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
  readonly now: () => number;
}

/** What exists once something may be recorded: the one way from a captured thing through the privacy door to delivery. */
export class Recorder {
  readonly sanitizer: Sanitizer;
  /** The secrets of the moment, for a preview that equals the wire. */
  readonly hashes: HashSource;
  readonly sessions: Sessions;
  readonly flags: Flags;
  readonly outbox: Outbox | undefined;
  readonly #parts: RecorderParts;

  constructor(parts: RecorderParts) {
    this.#parts = parts;
    this.sanitizer = parts.sanitizer;
    this.hashes = parts.hashes;
    this.sessions = parts.sessions;
    this.flags = parts.flags;
    this.outbox = parts.outbox;
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

  /** A payload that nobody declared. */
  recordUntyped(name: string, payload: object): void {
    if (!this.mayRecord('usage')) return;
    if (this.#parts.admission.admitsUntyped)
      this.#accept(this.sanitizer.untyped(name, payload, this.envelope()));
    else this.#parts.counters.countDrop('not_in_catalogue');
  }

  /** Whether events of a kind may be recorded; a loss is counted where not. */
  mayRecord(kind: EventKind): boolean {
    const { mayRecord, counters } = this.#parts;
    if (mayRecord(kind)) return true;
    counters.countDrop('consent_off');
    return false;
  }

  /** A schema instance follows its own rules; what any other object makes of itself is untyped. */
  recordSerializable(name: string, source: { serializeForTelemetry(): object }): void {
    this.recordUntyped(name, modelOf(source) ? source : callHost(() => source.serializeForTelemetry()));
  }

  /** What events of a session say besides their own fields. */
  tagsOf(metadata: object): SanitizedProperties {
    const { admission, counters } = this.#parts;
    if (admission.admitsUntyped || isKnown(metadata, admission)) return this.sanitizer.properties(metadata);
    counters.countDrop('not_in_catalogue');
    return mergeProperties();
  }

  recordExposure(key: string, response: string | boolean): void {
    if (!this.#parts.mayRecord('usage')) return;
    this.recordTyped(Object.assign(new FeatureFlagCalled(), { key, response }));
  }

  /** Send what waits within the deadline, or hand it over, and end. */
  async shutdown(timeoutMs: number): Promise<void> {
    this.flags.abort();
    if (this.outbox) await this.outbox.shutdown(timeoutMs);
    else this.#parts.ledger.close();
  }

  /** End now; what waits stays on disk, to be sent later. */
  leave(): void {
    this.flags.abort();
    if (this.outbox) this.outbox.leave();
    else this.#parts.ledger.close();
  }

  /**
   * End now; what waits to be sent is dropped for this reason.
   *
   * @param isKept - whether it may still be written to the ledger
   */
  abandon(reason: DropReason, { isKept }: { readonly isKept: boolean }): void {
    this.flags.abort();
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

  #accept(event: SanitizedEvent | undefined): SanitizedEvent | undefined {
    if (!event) return undefined;
    this.#parts.counters.countRecorded();
    this.#parts.ledger.record(event, this.sessions.processWide.id);
    this.#parts.show?.(event);
    this.outbox?.enqueue(event);
    return event;
  }
}

/** Whatever it does when it is looked at, it is then not known. */
function isKnown(metadata: object, { admits }: Admission): boolean {
  try {
    return modelOf(metadata) ? admits(metadata) : Object.keys(metadata).length === 0;
  } catch {
    return false;
  }
}
