import type { DropReason, SanitizedEvent } from '../privacy/index.js';
import { EventQueue } from './event-queue.js';
import type { Rest } from './rest.js';
import { sendBatch } from './send-batch.js';
import type { Settle, Sink } from './sink.js';
import { createSleeper, type Sleeper } from './sleeper.js';

export interface DeliveryConfig {
  /** Events in one request at most, and the number that makes a batch leave at once. */
  readonly batchSize: number;
  /** The longest an event waits for others. */
  readonly batchIntervalMs: number;
  readonly maxQueueSize: number;
  readonly maxQueueBytes: number;
  /** Requests made in a row for one batch before it rests until the next round. */
  readonly maxAttempts: number;
}

export interface DeliveryEffects {
  readonly sink: Sink;
  /** Asked before every request; false drops what waits. */
  readonly maySend: () => boolean;
  readonly rest: Rest;
  /** What became of these. */
  readonly settle: Settle;
  /** These are not sent from here any more: there is no room for them, or the end came first. They stay where they are kept. */
  readonly leave: (events: readonly SanitizedEvent[]) => void;
}

/** Longer waits end the round: the events stay in the queue and a timer starts the next one. */
const LONGEST_WAIT_IN_ROUND_MS = 30_000;

/**
 * Batches events and sends them, one request at a time and in order. Events that could not be sent stay in the queue,
 * with their uuid and timestamp, until they are or the queue is full.
 *
 * @remarks No timer of it keeps a process alive unless `flush()` or `shutdown()` is being awaited.
 */
export class Delivery {
  readonly #config: DeliveryConfig;
  readonly #effects: DeliveryEffects;
  readonly #queue: EventQueue;
  readonly #sleeper: Sleeper = createSleeper();
  #round: Promise<void> | undefined;
  #nextRound: NodeJS.Timeout | undefined;
  readonly #inFlight = new Set<SanitizedEvent>();
  /** Made so far. */
  #requests = 0;
  #isDraining = false;
  #hasEnded = false;
  #shutdown: Promise<void> | undefined;

  constructor(config: DeliveryConfig, effects: DeliveryEffects) {
    this.#config = config;
    this.#effects = effects;
    this.#queue = new EventQueue(config);
  }

  /** Events that wait or are on their way. */
  get pending(): number {
    return this.#queue.size + this.#inFlight.size;
  }

  /** The same, the oldest first. */
  get waiting(): readonly SanitizedEvent[] {
    return [...this.#inFlight, ...this.#queue.events];
  }

  enqueue(event: SanitizedEvent): void {
    if (this.#shutdown) {
      this.#effects.settle([event], 'after_shutdown');
    } else if (!this.#queue.push(event)) {
      this.#effects.leave([event]);
    } else if (this.#queue.size >= this.#config.batchSize) {
      this.#startRound();
    } else {
      this.#scheduleRound(this.#config.batchIntervalMs);
    }
  }

  /**
   * Send what waits now. Resolves when the queue is empty, when the server cannot be reached after a round of attempts,
   * or after `timeoutMs`; never rejects. What could not be sent stays in the queue.
   */
  async flush(timeoutMs: number): Promise<void> {
    if (!this.#effects.rest.isClosed) this.#sleeper.wake();
    await this.#sleeper.whileAwaited(timeoutMs, () => this.#drain());
  }

  /**
   * Send what waits, each batch once, and end. After `timeoutMs` the request under way is given up and what is left stays
   * where it is kept. Later calls, from a signal handler too, get the same promise; later events are dropped.
   */
  shutdown(timeoutMs: number): Promise<void> {
    this.#shutdown ??= this.#end(timeoutMs);
    return this.#shutdown;
  }

  /**
   * End now: the request under way is given up, and what waits is dropped for this reason. No request is made afterwards.
   * May follow a shutdown that is still going on.
   */
  abandon(reason: DropReason): void {
    this.#shutdown ??= Promise.resolve();
    this.#giveUp((events) => this.#effects.settle(events, reason));
    this.#sleeper.wake();
  }

  /** End now, as {@link abandon} does, but what waits stays where it is kept, for somebody else to send. Synchronous. */
  leave(): void {
    this.#shutdown ??= Promise.resolve();
    this.#giveUp(this.#effects.leave);
    this.#sleeper.wake();
  }

  async #end(timeoutMs: number): Promise<void> {
    // Let the caller's assignment of #shutdown happen first: from here on no round may rest or be repeated.
    await Promise.resolve();
    clearTimeout(this.#nextRound);
    this.#sleeper.wake();
    await this.flush(timeoutMs);
    this.#giveUp(this.#effects.leave);
  }

  #giveUp(tell: (events: readonly SanitizedEvent[]) => void): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    clearTimeout(this.#nextRound);
    this.#effects.sink.abort();
    const left = [...this.#inFlight, ...this.#queue.take(this.#queue.size)];
    this.#inFlight.clear();
    if (left.length > 0) tell(left);
  }

  /** Rounds until the queue is empty or a round got nothing out of it. */
  async #drain(): Promise<void> {
    const requestsBefore = this.#requests;
    this.#isDraining = true;
    await this.#round;
    // A request from before says nothing about now: its failure is no reason to rest.
    if (this.#requests === requestsBefore) this.#effects.rest.overrule();
    let before: number;
    do {
      before = this.#queue.size;
      this.#isDraining = true;
      this.#startRound();
      await this.#round;
    } while (this.#queue.size > 0 && this.#queue.size < before);
  }

  #startRound(): void {
    if (this.#round) return;
    const { waitMs } = this.#effects.rest;
    if (waitMs > 0) {
      this.#scheduleRound(waitMs);
      return;
    }
    clearTimeout(this.#nextRound);
    this.#nextRound = undefined;
    this.#round = this.#sendBatches().finally(() => {
      this.#round = undefined;
      this.#isDraining = false;
      if (this.#queue.size > 0)
        this.#scheduleRound(this.#effects.rest.waitMs || this.#config.batchIntervalMs);
    });
  }

  #scheduleRound(delayMs: number): void {
    if (this.#nextRound || this.#round || this.#shutdown) return;
    const startAll = () => {
      this.#nextRound = undefined;
      this.#isDraining = true;
      this.#startRound();
    };
    this.#nextRound = setTimeout(startAll, delayMs).unref();
  }

  async #sendBatches(): Promise<void> {
    while (this.#queue.size >= (this.#isDraining ? 1 : this.#config.batchSize)) {
      const batch = this.#queue.take(this.#config.batchSize);
      for (const event of batch) this.#inFlight.add(event);
      const kept = await this.#sendBatch(batch);
      // What was left at the end was told of then.
      if (this.#hasEnded) return;
      this.#inFlight.clear();
      if (kept.length > 0) {
        this.#queue.putBack(kept);
        return;
      }
    }
  }

  /** @returns the events that were neither sent nor dropped */
  async #sendBatch(batch: readonly SanitizedEvent[]): Promise<readonly SanitizedEvent[]> {
    const { rest } = this.#effects;
    let left = batch;
    for (let attempt = 1; !this.#hasEnded; attempt += 1) {
      const requestsBefore = this.#requests;
      const { kept, afterMs, isUnreachable } = await this.#attempt(left);
      if (this.#hasEnded) break;
      if (kept.length === 0) {
        if (this.#requests > requestsBefore) rest.succeed();
        return kept;
      }
      const waitMs = rest.fail(afterMs, isUnreachable);
      left = kept;
      if (this.#shutdown || attempt >= this.#config.maxAttempts || waitMs > LONGEST_WAIT_IN_ROUND_MS) break;
      await this.#sleeper.sleep(waitMs);
      // Woken by the end: a server that asked for silence gets it.
      if (this.#shutdown && rest.isClosed) break;
    }
    return left;
  }

  #attempt(batch: readonly SanitizedEvent[]) {
    const { sink, maySend } = this.#effects;
    return sendBatch(batch, {
      send: (events) => {
        this.#requests += 1;
        return sink.send(events, () => this.#queue.peek(this.#config.batchSize));
      },
      maySend: () => !this.#hasEnded && maySend(),
      settle: this.#settle,
    });
  }

  /** These are on their way no longer. After the end they were told of already. */
  readonly #settle: Settle = (events, ...end) => {
    if (this.#hasEnded) return;
    for (const event of events) this.#inFlight.delete(event);
    this.#effects.settle(events, ...end);
  };
}
