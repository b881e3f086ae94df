import { ConfigError } from '../../internal/index.js';
import {
  type AddResult,
  type EventCounts,
  type EventPage,
  type EventQuery,
  type EventStore,
  parseCursor,
  type StoredEvent,
  toOccurredAtMs,
} from '../wire/index.js';

export interface MemoryEventStoreOptions {
  /** How many events are held before the oldest is dropped: a whole number, at least 1; 10,000 when absent. */
  readonly maxEvents?: number;
}

const DEFAULT_MAX_EVENTS = 10_000;

/**
 * A store that lives as long as its process, for development and tests.
 *
 * Bounded by the number of events, not by their bytes. A dropped event is forgotten: it counts again when it is added again.
 *
 * @throws {ConfigError} `OPTION_INVALID` if `maxEvents` is not a whole number of at least 1
 */
export function createMemoryEventStore(options: MemoryEventStoreOptions = {}): EventStore {
  const maxEvents = options.maxEvents ?? DEFAULT_MAX_EVENTS;
  if (!Number.isSafeInteger(maxEvents) || maxEvents < 1) {
    throw new ConfigError('OPTION_INVALID', 'maxEvents must be a whole number of at least 1.');
  }
  return new MemoryEventStore(maxEvents);
}

interface Held {
  readonly sequence: number;
  readonly stored: StoredEvent;
}

class MemoryEventStore implements EventStore {
  readonly #maxEvents: number;
  /** By what an event counts once, in the order of insertion, which is also that of the sequence numbers. */
  readonly #held = new Map<string, Held>();
  readonly #byEvent = new Map<string, number>();
  #lastSequence = 0;
  #dropped = 0;

  constructor(maxEvents: number) {
    this.#maxEvents = maxEvents;
  }

  async add(events: readonly StoredEvent[]): Promise<AddResult> {
    // Room is made after the whole call, so that an event cannot push out the earlier copy it is compared with.
    const fresh = events.filter((stored) => this.#hold(stored));
    while (this.#held.size > this.#maxEvents) this.#dropOldest();
    return { accepted: fresh.length, duplicates: events.length - fresh.length };
  }

  async list({ event, distinct_id, limit, cursor }: EventQuery): Promise<EventPage> {
    const after = parseCursor(cursor);
    const page: Held[] = [];
    for (const held of this.#held.values()) {
      if (held.sequence <= after) continue;
      if (event !== undefined && held.stored.event !== event) continue;
      if (distinct_id !== undefined && held.stored.distinct_id !== distinct_id) continue;
      if (page.length === limit) return toPage(page, page.at(-1));
      page.push(held);
    }
    return toPage(page);
  }

  async counts(): Promise<EventCounts> {
    return {
      total: this.#held.size,
      byEvent: Object.fromEntries(this.#byEvent),
      dropped: this.#dropped,
    };
  }

  async close(): Promise<void> {
    this.#held.clear();
    this.#byEvent.clear();
  }

  #hold(stored: StoredEvent): boolean {
    const key = toKey(stored);
    if (this.#held.has(key)) return false;
    this.#lastSequence += 1;
    this.#held.set(key, { sequence: this.#lastSequence, stored });
    this.#count(stored.event, 1);
    return true;
  }

  #dropOldest(): void {
    for (const [key, { stored }] of this.#held) {
      this.#held.delete(key);
      this.#count(stored.event, -1);
      this.#dropped += 1;
      return;
    }
  }

  #count(event: string, change: 1 | -1): void {
    const count = (this.#byEvent.get(event) ?? 0) + change;
    if (count === 0) this.#byEvent.delete(event);
    else this.#byEvent.set(event, count);
  }
}

const toKey = ({ uuid, timestamp }: StoredEvent) => `${uuid} ${toOccurredAtMs(timestamp)}`;

function toPage(page: readonly Held[], last?: Held): EventPage {
  return {
    events: page.map(({ stored }) => stored),
    nextCursor: last === undefined ? null : String(last.sequence),
  };
}
