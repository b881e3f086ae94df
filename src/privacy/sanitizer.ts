import type { CountDrop } from './drop-reason.js';
import type { JsonObject } from './json.js';
import { HASH_PLACEHOLDER, type HashScope, type HashValue } from './keyed-hash.js';
import type { SanitizedEvent, SanitizedProperties, WireEvent } from './sanitized-event.js';
import { eventNameOnWire, isEventName } from './schema/names.js';
import type { SerializationSettings } from './serialize/context.js';
import { modelOf, type SchemaModel } from './serialize/model.js';
import { isLabelLike, isSafeWord } from './serialize/safe-text.js';
import { missingFields, serializeModel, serializeUntyped } from './serialize/serialize.js';

/** The parts of an event that do not come from its fields. */
export type Envelope = Omit<WireEvent, 'event' | 'properties'>;

/** The secrets of the moment; undefined where none exists yet: hashes are placeholders then. */
export interface HashSource {
  installation(): HashValue | undefined;
  session(): HashValue | undefined;
}

export interface SanitizerOptions {
  /** The app's name; prefixed events become `<app>_<name>`, with `-` as `_`. */
  readonly app: string;
  readonly hashes: HashSource;
  readonly toolsOverPrivacy: () => boolean;
  readonly countDrop: CountDrop;
  /** Told once per class about fields that rules name and objects do not have. */
  readonly reportMissingField: (event: string, field: string) => void;
}

/**
 * The only door: everything that is stored or sent was made here. Each function returns a new object that shares
 * nothing with its input, or undefined (with a counted reason) when nothing may pass. None of them throws.
 */
export interface Sanitizer {
  /** An instance of an event class. */
  typed(event: object, envelope: Envelope): SanitizedEvent | undefined;
  /** A payload that nobody declared, under a name; a schema instance inside follows its own rules. */
  untyped(name: string, payload: object, envelope: Envelope): SanitizedEvent | undefined;
  /** Properties for every event, by the rule of their class or, without one, by the automatic rule. */
  properties(source: object): SanitizedProperties;
  /** `$feature/<key>` for every variant that is set; keys and variants that are no labels are left out. */
  features(variants: ReadonlyMap<string, string | boolean>): SanitizedProperties;
}

export function createSanitizer(options: SanitizerOptions): Sanitizer {
  const checked = new WeakSet<SchemaModel>();

  function settings(): SerializationSettings {
    return {
      hash: hashWith(options.hashes),
      toolsOverPrivacy: options.toolsOverPrivacy(),
      countDrop: options.countDrop,
    };
  }

  function reportMissing(model: SchemaModel, source: object, name: string): void {
    if (model.unchecked.length === 0 || checked.has(model)) return;
    checked.add(model);
    for (const field of missingFields(model, source)) options.reportMissingField(name, field);
  }

  /** Turn whatever an object does on being read into a counted loss. */
  function guard<Result>(reduce: () => Result): Result | undefined {
    try {
      return reduce();
    } catch {
      options.countDrop('event_unserializable');
      return undefined;
    }
  }

  return {
    typed: (event, envelope) =>
      guard(() => {
        const model = modelOf(event);
        if (!model?.event) {
          options.countDrop('event_undeclared');
          return undefined;
        }
        const name = eventNameOnWire(options.app, model.event);
        reportMissing(model, event, name);
        return seal(envelope, name, serializeModel(model, event, settings()));
      }),

    untyped: (name, payload, envelope) =>
      guard(() => {
        if (!isEventName(name) || name.startsWith('$') || !isSafeWord(name)) {
          options.countDrop('event_name_invalid');
          return undefined;
        }
        const model = modelOf(payload);
        const properties = model
          ? serializeModel(model, payload, settings())
          : serializeUntyped(payload, settings());
        return seal(envelope, name, properties);
      }),

    properties: (source) =>
      (guard(() => {
        const model = modelOf(source);
        return model ? serializeModel(model, source, settings()) : serializeUntyped(source, settings());
      }) ?? {}) as SanitizedProperties,

    features: (variants) => {
      const properties: Record<string, string | boolean> = {};
      for (const [key, variant] of variants) {
        if (isLabelLike(key) && isLabelLike(String(variant))) properties[`$feature/${key}`] = variant;
      }
      return properties as SanitizedProperties;
    },
  };
}

function hashWith(hashes: HashSource): SerializationSettings['hash'] {
  return (value, identity, scope: HashScope) => hashes[scope]()?.(value, identity) ?? HASH_PLACEHOLDER;
}

function seal(envelope: Envelope, event: string, properties: JsonObject): SanitizedEvent {
  const { uuid, distinctId, timestampMs, common } = envelope;
  return { uuid, event, distinctId, timestampMs, properties, common } as SanitizedEvent;
}
