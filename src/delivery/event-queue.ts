import type { JsonValue, SanitizedEvent } from '../privacy/index.js';

export interface EventQueueLimits {
  readonly maxQueueSize: number;
  /** Of an estimate: what the events' texts and numbers take, not what the engine adds. */
  readonly maxQueueBytes: number;
}

/**
 * First in, first out, bounded by number and by estimated bytes. What does not fit is refused: the caller counts it.
 *
 * @remarks Keeps nothing beside the events: what one takes is estimated again when it leaves.
 */
export class EventQueue {
  readonly #limits: EventQueueLimits;
  #events: SanitizedEvent[] = [];
  #head = 0;
  #bytes = 0;

  constructor(limits: EventQueueLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#events.length - this.#head;
  }

  /** What is in it, the oldest first. */
  get events(): readonly SanitizedEvent[] {
    return this.#events.slice(this.#head);
  }

  /** @returns false when the queue is full and the event was not taken */
  push(event: SanitizedEvent): boolean {
    const { maxQueueSize, maxQueueBytes } = this.#limits;
    if (this.size >= maxQueueSize) return false;
    const bytes = estimateBytes(event);
    if (this.#bytes + bytes > maxQueueBytes) return false;
    this.#events.push(event);
    this.#bytes += bytes;
    return true;
  }

  /** What {@link take} would take. */
  peek(limit: number): readonly SanitizedEvent[] {
    return this.#events.slice(this.#head, this.#head + limit);
  }

  /** The oldest events, at most `limit` of them; they are no longer in the queue. */
  take(limit: number): readonly SanitizedEvent[] {
    const taken = this.peek(limit);
    this.#head += taken.length;
    for (const event of taken) this.#bytes -= estimateBytes(event);
    this.#compact();
    return taken;
  }

  /** Put events back at the front, whatever the limits say: they were counted in before. */
  putBack(events: readonly SanitizedEvent[]): void {
    for (const event of events) this.#bytes += estimateBytes(event);
    this.#events = [...events, ...this.#events.slice(this.#head)];
    this.#head = 0;
  }

  /** Taking from the front of an array moves the rest; a moving head, and a rare cut, does not. */
  #compact(): void {
    if (this.#head < 1_024 && this.#head < this.#events.length) return;
    if (this.#head * 2 < this.#events.length) return;
    this.#events = this.#events.slice(this.#head);
    this.#head = 0;
  }
}

const ENVELOPE_BYTES = 200;
const SCALAR_BYTES = 8;

/** The same for an event, whenever it is asked: nothing of it changes. */
const estimateBytes = ({ properties }: SanitizedEvent) => ENVELOPE_BYTES + bytesOf(properties);

function bytesOf(value: JsonValue): number {
  if (typeof value === 'string') return value.length + SCALAR_BYTES;
  if (typeof value !== 'object' || value === null) return SCALAR_BYTES;
  let bytes = SCALAR_BYTES;
  for (const key in value)
    bytes += key.length + bytesOf((value as Readonly<Record<string, JsonValue>>)[key] ?? null);
  return bytes;
}
