import type { CountDrop } from './drop-reason.js';
import { HASH_PLACEHOLDER, type HashScope, type HashValue } from './hash-value.js';
import type { HeldBack, HeldFields } from './held-back.js';
import type { JsonObject } from './json.js';
import type { SanitizedEvent, SanitizedProperties, WireEvent } from './sanitized-event.js';
import { eventNameOnWire, isEventName } from './schema/names.js';
import type { SerializationSettings } from './serialize/context.js';
import { isExpired, modelOf, type SchemaModel } from './serialize/model.js';
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
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** What may not leave at this moment, though it is declared. */
  readonly heldBack: () => HeldBack;
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
  /**
   * Properties for every event, by the rule of their class or, without one, by the automatic rule.
   *
   * @param part - what they are said as: of it is left out what is held back. Nothing of it unless given
   */
  properties(source: object, part?: 'common' | 'session'): SanitizedProperties;
  /** `$feature/<key>` for every variant that is set; keys and variants that are no labels are left out, and all while they are held back. */
  features(variants: ReadonlyMap<string, string | boolean>): SanitizedProperties;
}

export function createSanitizer(options: SanitizerOptions): Sanitizer {
  const checked = new WeakSet<SchemaModel>();
  const hash = hashWith(options.hashes);

  function settings(held?: HeldFields): SerializationSettings {
    return {
      hash,
      toolsOverPrivacy: options.toolsOverPrivacy(),
      countDrop: options.countDrop,
      nowMs: options.now(),
      held,
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
        const heldBack = options.heldBack();
        const held = heldBack.untyped && !model.isNamed ? 'all' : heldBack.event(name);
        const isOver = isExpired(model, options.now());
        if (isOver || held === 'all') {
          options.countDrop(isOver ? 'event_expired' : 'event_held_back');
          return undefined;
        }
        return seal(envelope, name, serializeModel(model, event, settings(held)));
      }),

    untyped: (name, payload, envelope) =>
      guard(() => {
        if (!isEventName(name) || name.startsWith('$') || !isSafeWord(name)) {
          options.countDrop('event_name_invalid');
          return undefined;
        }
        if (options.heldBack().untyped) {
          options.countDrop('event_held_back');
          return undefined;
        }
        const model = modelOf(payload);
        if (model && isExpired(model, options.now())) {
          options.countDrop('event_expired');
          return undefined;
        }
        // The second yes is to texts that the person was told of.
        const untyped = { ...settings(), toolsOverPrivacy: false };
        const properties = model
          ? serializeModel(model, payload, untyped)
          : serializeUntyped(payload, untyped);
        return seal(envelope, name, properties);
      }),

    properties: (source, part) =>
      (guard(() => {
        const model = modelOf(source);
        const heldBack = part && options.heldBack();
        // Where no class is listed, nobody was told of one of a session either.
        const isUntold = model === undefined || part === 'session';
        if (heldBack?.untyped && isUntold) {
          options.countDrop('field_held_back', Object.keys(source).length);
          return undefined;
        }
        return model
          ? serializeModel(model, source, settings(part && heldBack?.[part]))
          : serializeUntyped(source, settings());
      }) ?? {}) as SanitizedProperties,

    features: (variants) => {
      if (variants.size > 0 && options.heldBack().features) {
        options.countDrop('field_held_back', variants.size);
        return {} as SanitizedProperties;
      }
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
