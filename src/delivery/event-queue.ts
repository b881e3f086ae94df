import type { JsonValue, SanitizedEvent } from '../privacy/index.js';

export interface EventQueueLimits {
  readonly maxQueueSize: number;
  /** Of an estimate: what the events' texts and numbers take, not what the engine adds. */
  readonly maxQueueBytes: number;
}

/** First in, first out, bounded by number and by estimated bytes. What does not fit is refused: the caller counts it. */
export class EventQueue {
  readonly #limits: EventQueueLimits;
  #entries: Entry[] = [];
  #head = 0;
  #bytes = 0;

  constructor(limits: EventQueueLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#entries.length - this.#head;
  }

  /** What is in it, the oldest first. */
  get events(): readonly SanitizedEvent[] {
    return this.#entries.slice(this.#head).map(({ event }) => event);
  }

  /** @returns false when the queue is full and the event was not taken */
  push(event: SanitizedEvent): boolean {
    const bytes = estimateBytes(event.properties) + ENVELOPE_BYTES;
    if (this.size >= this.#limits.maxQueueSize || this.#bytes + bytes > this.#limits.maxQueueBytes)
      return false;
    this.#entries.push({ event, bytes });
    this.#bytes += bytes;
    return true;
  }

  /** The oldest events, at most `limit` of them; they are no longer in the queue. */
  take(limit: number): SanitizedEvent[] {
    const taken = this.#entries.slice(this.#head, this.#head + limit);
    this.#head += taken.length;
    for (const { bytes } of taken) this.#bytes -= bytes;
    this.#compact();
    return taken.map(({ event }) => event);
  }

  /** Put events back at the front, whatever the limits say: they were counted in before. */
  putBack(events: readonly SanitizedEvent[]): void {
    const entries = events.map((event) => ({
      event,
      bytes: estimateBytes(event.properties) + ENVELOPE_BYTES,
    }));
    for (const { bytes } of entries) this.#bytes += bytes;
    this.#entries = [...entries, ...this.#entries.slice(this.#head)];
    this.#head = 0;
  }

  /** Taking from the front of an array moves the rest; a moving head, and a rare cut, does not. */
  #compact(): void {
    if (this.#head < 1_024 && this.#head < this.#entries.length) return;
    if (this.#head * 2 < this.#entries.length) return;
    this.#entries = this.#entries.slice(this.#head);
    this.#head = 0;
  }
}

interface Entry {
  readonly event: SanitizedEvent;
  readonly bytes: number;
}

const ENVELOPE_BYTES = 200;
const SCALAR_BYTES = 8;

function estimateBytes(value: JsonValue): number {
  if (typeof value === 'string') return value.length + SCALAR_BYTES;
  if (typeof value !== 'object' || value === null) return SCALAR_BYTES;
  let bytes = SCALAR_BYTES;
  for (const key in value)
    bytes += key.length + estimateBytes((value as Readonly<Record<string, JsonValue>>)[key] ?? null);
  return bytes;
}
