import { BoundedCache, toCanonicalJson, toIso } from '../../internal/index.js';
import type { JsonObject, JsonValue, SanitizedEvent } from '../../privacy/index.js';
import { type EventTexts, joinTexts, type PropertyTexts, toEventTexts } from './event-texts.js';
import type { WireRecord } from './lines.js';

const MAX_SHAPES = 32;

/** By it the printer learns what is said with every event. */
const SAYS_NOTHING = {
  uuid: '',
  event: '',
  distinctId: '',
  timestampMs: 0,
  properties: {},
  common: {},
} as unknown as SanitizedEvent;

/**
 * Prints events as they leave, with nearly no work for what an event says as the last one of its name did: what is common to
 * all, and much of its own. Names are sorted once, and what repeats is printed once.
 */
export class EventPrinter {
  readonly #toWire: (event: SanitizedEvent) => WireRecord;
  /** What `toWire` says with every event. */
  readonly #fixed: JsonObject;
  /** By the name of events and the number of their properties, which stand for one list of names nearly always. */
  readonly #shapes = new BoundedCache<string, Shape>(MAX_SHAPES);

  /** @param toWire - see `LedgerEffects` */
  constructor(toWire: (event: SanitizedEvent) => WireRecord) {
    this.#toWire = toWire;
    this.#fixed = toWire(SAYS_NOTHING).properties;
  }

  /** @returns what `toEventTexts(toWire(event))` is */
  print(event: SanitizedEvent): EventTexts {
    if (event.isComplete) return toEventTexts(this.#toWire(event));
    const { uuid, event: name, distinctId: distinct_id, timestampMs } = event;
    const envelope = { uuid, event: name, distinct_id, timestamp: toIso(timestampMs) };
    return joinTexts(envelope, this.#shapeOf(event).print(event));
  }

  #shapeOf(event: SanitizedEvent): Shape {
    const names = Object.keys(event.properties);
    const key = `${names.length} ${event.event}`;
    const known = this.#shapes.get(key);
    if (known?.fits(names, event.common)) return known;
    const shape = new Shape(event, this.#toWire(event).properties, this.#fixed);
    this.#shapes.set(key, shape);
    return shape;
  }
}

/** A property that differs from event to event. */
interface Member {
  readonly name: string;
  /** `"name":` */
  readonly label: string;
  /** Where it stands among all properties. */
  readonly at: number;
  /** The same once they are sorted. */
  readonly rank: number;
  /** As it was printed last. */
  value: JsonValue | undefined;
}

/** Events whose properties have certain names, and the texts of the last one. */
class Shape {
  readonly #ownNames: readonly string[];
  readonly #commonNames: readonly string[];
  readonly #own: readonly Member[];
  readonly #commons: readonly Member[];
  readonly #plain: string[];
  readonly #canonical: string[];
  #common: JsonObject;

  /** @param wire - all that leaves of the properties, of which `fixed` is the same for every event */
  constructor({ properties, common }: SanitizedEvent, wire: JsonObject, fixed: JsonObject) {
    const names = Object.keys(wire);
    const ranks = new Map(names.toSorted().map((name, rank) => [name, rank]));
    const members = names.map((name, at) => toMember(name, at, ranks.get(name) ?? at, wire));
    const differing = members.filter(({ name }) => !Object.hasOwn(fixed, name));
    this.#ownNames = Object.keys(properties);
    this.#commonNames = Object.keys(common);
    this.#own = differing.filter(({ name }) => Object.hasOwn(properties, name));
    this.#commons = differing.filter(({ name }) => !Object.hasOwn(properties, name));
    this.#plain = names.map(() => '');
    this.#canonical = names.map(() => '');
    this.#common = common;
    for (const member of members) this.#set(member, wire[member.name] as JsonValue);
  }

  fits(ownNames: readonly string[], common: JsonObject): boolean {
    if (!areSame(ownNames, this.#ownNames)) return false;
    return common === this.#common || areSame(Object.keys(common), this.#commonNames);
  }

  print({ properties, common }: SanitizedEvent): PropertyTexts {
    this.#update(this.#own, properties);
    if (common !== this.#common) this.#update(this.#commons, common);
    this.#common = common;
    return { plain: `{${this.#plain.join()}}`, canonical: `{${this.#canonical.join()}}` };
  }

  #update(members: readonly Member[], properties: JsonObject): void {
    for (const member of members) {
      const value = properties[member.name] as JsonValue;
      // What is no scalar may differ inside.
      if (value !== member.value || typeof value === 'object') this.#set(member, value);
    }
  }

  #set(member: Member, value: JsonValue): void {
    const { label, at, rank } = member;
    const canonical = label + toCanonicalJson(value);
    // A scalar has one text only.
    this.#plain[at] = typeof value === 'object' ? label + JSON.stringify(value) : canonical;
    this.#canonical[rank] = canonical;
    member.value = value;
  }
}

const toMember = (name: string, at: number, rank: number, wire: JsonObject): Member => ({
  name,
  label: `${toCanonicalJson(name)}:`,
  at,
  rank,
  value: wire[name],
});

const areSame = (names: readonly string[], others: readonly string[]): boolean =>
  names.length === others.length && names.every((name, at) => name === others[at]);
