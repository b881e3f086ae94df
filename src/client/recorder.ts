import type { Delivery } from '../delivery/index.js';
import { FeatureFlagCalled } from '../events/index.js';
import type { Flags } from '../flags/index.js';
import { callHost } from '../internal/index.js';
import {
  type Envelope,
  type HashSource,
  mergeProperties,
  modelOf,
  type SanitizedEvent,
  type SanitizedProperties,
  type Sanitizer,
} from '../privacy/index.js';
import type { Counters } from './counters.js';
import type { Sessions } from './sessions.js';

export interface RecorderParts {
  readonly sanitizer: Sanitizer;
  readonly hashes: HashSource;
  readonly sessions: Sessions;
  readonly counters: Counters;
  readonly flags: Flags;
  /** Undefined in mode `local`: events are reduced and counted, and go nowhere. */
  readonly delivery: Delivery | undefined;
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
  readonly delivery: Delivery | undefined;
  readonly #parts: RecorderParts;

  constructor(parts: RecorderParts) {
    this.#parts = parts;
    this.sanitizer = parts.sanitizer;
    this.hashes = parts.hashes;
    this.sessions = parts.sessions;
    this.flags = parts.flags;
    this.delivery = parts.delivery;
  }

  /** An instance of an event class; `variants` are said as `$feature/<flag>` with this event only. */
  recordTyped(event: object, variants?: ReadonlyMap<string, string | boolean>): void {
    this.#accept(this.sanitizer.typed(event, this.envelope(variants && this.sanitizer.features(variants))));
  }

  /** A payload that nobody declared. */
  recordUntyped(name: string, payload: object): void {
    this.#accept(this.sanitizer.untyped(name, payload, this.envelope()));
  }

  /** A schema instance follows its own rules; what any other object makes of itself is untyped. */
  recordSerializable(name: string, source: { serializeForTelemetry(): object }): void {
    this.recordUntyped(name, modelOf(source) ? source : callHost(() => source.serializeForTelemetry()));
  }

  recordExposure(key: string, response: string | boolean): void {
    this.recordTyped(Object.assign(new FeatureFlagCalled(), { key, response }));
  }

  /** A new event's id, time, session and shared properties. */
  envelope(features?: SanitizedProperties): Envelope {
    const session = this.sessions.current;
    const common = session.common();
    return {
      uuid: this.#parts.randomId(),
      distinctId: session.id,
      timestampMs: this.#parts.now(),
      common: features ? mergeProperties(common, features) : common,
    };
  }

  #accept(event: SanitizedEvent | undefined): void {
    if (!event) return;
    this.#parts.counters.countRecorded();
    this.delivery?.enqueue(event);
  }
}
