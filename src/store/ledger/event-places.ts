import type { SanitizedEvent } from '../../privacy/index.js';
import type { Place } from './place.js';

/**
 * Where events stand, until they are forgotten; where nobody tells how they ended, for as long as anybody holds them.
 *
 * @remarks What is forgotten soon never comes to the others: a map that grew for their sake does not shrink again.
 */
export class EventPlaces {
  readonly #places: Map<SanitizedEvent, Place> | WeakMap<SanitizedEvent, Place>;
  /** Of those that were set since {@link settleIn}. */
  #recent = new Map<SanitizedEvent, Place>();

  /** @param areForgotten - whether every event is forgotten at some time. A weak map of many events holds up the collector */
  constructor(areForgotten: boolean) {
    this.#places = areForgotten ? new Map() : new WeakMap();
  }

  get(event: SanitizedEvent): Place | undefined {
    return this.#recent.get(event) ?? this.#places.get(event);
  }

  set(event: SanitizedEvent, place: Place): void {
    this.#recent.set(event, place);
  }

  forget(event: SanitizedEvent): void {
    this.#recent.delete(event);
    this.#places.delete(event);
  }

  /** Those that were set and not forgotten so far are here for longer. */
  settleIn(): void {
    for (const [event, place] of this.#recent) this.#places.set(event, place);
    this.#recent = new Map();
  }
}
