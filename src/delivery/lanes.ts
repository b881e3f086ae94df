import type { DropReason, SanitizedEvent } from '../privacy/index.js';
import type { Delivery } from './delivery.js';
import type { Rest } from './rest.js';

/** A delivery, and when nothing may be sent by it. */
export interface Lane {
  readonly delivery: Delivery;
  readonly rest: Pick<Rest, 'waitMs'>;
}

/**
 * Deliveries to one server, one for each kind of request that it takes, made when the first event of that kind comes: trouble at
 * one path of a server holds up none of the others.
 */
export class Lanes {
  readonly #kindOf: (event: SanitizedEvent) => string;
  readonly #create: (kind: string) => Lane;
  readonly #lanes = new Map<string, Lane>();

  constructor(kindOf: (event: SanitizedEvent) => string, create: (kind: string) => Lane) {
    this.#kindOf = kindOf;
    this.#create = create;
  }

  /** Events that wait or are on their way. */
  get pending(): number {
    return this.#deliveries.reduce((sum, { pending }) => sum + pending, 0);
  }

  /** The same, the oldest of each delivery first. */
  get waiting(): readonly SanitizedEvent[] {
    return this.#deliveries.flatMap(({ waiting }) => waiting);
  }

  /** How long nothing may be sent by any of them; 0 where there is none yet. */
  get waitMs(): number {
    const waits = [...this.#lanes.values()].map(({ rest }) => rest.waitMs);
    return waits.length === 0 ? 0 : Math.min(...waits);
  }

  enqueue(event: SanitizedEvent): void {
    const kind = this.#kindOf(event);
    const lane = this.#lanes.get(kind) ?? this.#create(kind);
    this.#lanes.set(kind, lane);
    lane.delivery.enqueue(event);
  }

  /** See `Delivery.flush`. */
  async flush(timeoutMs: number): Promise<void> {
    await Promise.all(this.#deliveries.map((delivery) => delivery.flush(timeoutMs)));
  }

  /** See `Delivery.shutdown`. */
  async shutdown(timeoutMs: number): Promise<void> {
    await Promise.all(this.#deliveries.map((delivery) => delivery.shutdown(timeoutMs)));
  }

  /** See `Delivery.abandon`. */
  abandon(reason: DropReason): void {
    for (const delivery of this.#deliveries) delivery.abandon(reason);
  }

  /** See `Delivery.leave`. */
  leave(): void {
    for (const delivery of this.#deliveries) delivery.leave();
  }

  get #deliveries(): readonly Delivery[] {
    return [...this.#lanes.values()].map(({ delivery }) => delivery);
  }
}
