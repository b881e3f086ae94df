import type { CountDrop, DropReason, SanitizedEvent } from '../privacy/index.js';
import { backoffMs } from './backoff.js';
import { EventQueue } from './event-queue.js';
import type { SendResult } from './send-result.js';
import type { Sink } from './sink.js';
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
  readonly now: () => number;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly countSent: (count: number) => void;
  readonly countDrop: CountDrop;
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
  #inFlight = 0;
  /** Made so far. */
  #requests = 0;
  #failures = 0;
  /** The server said not before this; nothing overrules it. */
  #closedUntilMs = 0;
  /** We wait until this of our own accord; a flush overrules it. */
  #restUntilMs = 0;
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
    return this.#queue.size + this.#inFlight;
  }

  enqueue(event: SanitizedEvent): void {
    if (this.#shutdown) {
      this.#effects.countDrop('after_shutdown');
    } else if (!this.#queue.push(event)) {
      this.#effects.countDrop('queue_full');
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
    if (!this.#isClosed()) this.#sleeper.wake();
    await this.#sleeper.whileAwaited(timeoutMs, () => this.#drain());
  }

  /**
   * Send what waits, each batch once, and end. After `timeoutMs` the request under way is given up and what is left is
   * dropped and counted. Later calls, from a signal handler too, get the same promise; later events are dropped.
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
    this.#giveUp(reason);
    this.#sleeper.wake();
  }

  async #end(timeoutMs: number): Promise<void> {
    // Let the caller's assignment of #shutdown happen first: from here on no round may rest or be repeated.
    await Promise.resolve();
    clearTimeout(this.#nextRound);
    this.#sleeper.wake();
    await this.flush(timeoutMs);
    this.#giveUp('deadline_exceeded');
  }

  #giveUp(reason: DropReason): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    clearTimeout(this.#nextRound);
    this.#effects.sink.abort();
    const left = this.pending;
    this.#queue.take(left);
    this.#inFlight = 0;
    if (left > 0) this.#effects.countDrop(reason, left);
  }

  /** Rounds until the queue is empty or a round got nothing out of it. */
  async #drain(): Promise<void> {
    const requestsBefore = this.#requests;
    this.#isDraining = true;
    await this.#round;
    // A request from before says nothing about now: its failure is no reason to rest.
    if (this.#requests === requestsBefore) this.#restUntilMs = 0;
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
    const waitMs = this.#waitMs();
    if (waitMs > 0) {
      this.#scheduleRound(waitMs);
      return;
    }
    clearTimeout(this.#nextRound);
    this.#nextRound = undefined;
    this.#round = this.#sendBatches().finally(() => {
      this.#round = undefined;
      this.#isDraining = false;
      if (this.#queue.size > 0) this.#scheduleRound(this.#waitMs() || this.#config.batchIntervalMs);
    });
  }

  #isClosed(): boolean {
    return this.#effects.now() < this.#closedUntilMs;
  }

  /** How long nothing may be sent yet; 0 when it may. */
  #waitMs(): number {
    return Math.max(0, this.#closedUntilMs - this.#effects.now(), this.#restUntilMs - this.#effects.now());
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
      this.#inFlight = batch.length;
      const kept = await this.#sendBatch(batch);
      // What was left at the end was counted then.
      if (this.#hasEnded) return;
      this.#inFlight = 0;
      if (kept.length > 0) {
        this.#queue.putBack(kept);
        return;
      }
    }
  }

  /** @returns the events that were neither sent nor dropped */
  async #sendBatch(batch: readonly SanitizedEvent[]): Promise<readonly SanitizedEvent[]> {
    for (let attempt = 1; ; attempt += 1) {
      if (this.#hasEnded) return batch;
      if (!this.#effects.maySend()) return this.#settle(batch, 'consent_off');
      const result = await this.#send(batch);
      switch (result.status) {
        case 'accepted':
          this.#failures = 0;
          this.#restUntilMs = 0;
          return this.#settle(batch);
        case 'rejected':
          return this.#settle(batch, 'rejected_by_server');
        case 'too_large':
          return this.#sendHalves(batch);
        case 'retry': {
          const waitMs = this.#restFor(result.afterMs);
          if (this.#shutdown || attempt >= this.#config.maxAttempts || waitMs > LONGEST_WAIT_IN_ROUND_MS)
            return batch;
          await this.#sleeper.sleep(waitMs);
          // Woken by the end: a server that asked for silence gets it.
          if (this.#shutdown && this.#isClosed()) return batch;
          break;
        }
        default:
          result satisfies never;
      }
    }
  }

  /** A sink never rejects; one that does anyway has not sent. */
  async #send(batch: readonly SanitizedEvent[]): Promise<SendResult> {
    this.#requests += 1;
    try {
      return await this.#effects.sink.send(batch);
    } catch {
      return { status: 'retry' };
    }
  }

  async #sendHalves(batch: readonly SanitizedEvent[]): Promise<readonly SanitizedEvent[]> {
    if (batch.length === 1) return this.#settle(batch, 'too_large');
    const middle = Math.ceil(batch.length / 2);
    const kept = await this.#sendBatch(batch.slice(0, middle));
    if (kept.length > 0) return [...kept, ...batch.slice(middle)];
    return this.#sendBatch(batch.slice(middle));
  }

  /**
   * These are on their way no longer: sent, or dropped for a reason. After the end they were counted already.
   *
   * @returns what is left of them: nothing
   */
  #settle(events: readonly SanitizedEvent[], reason?: DropReason): readonly SanitizedEvent[] {
    if (this.#hasEnded) return [];
    this.#inFlight -= events.length;
    if (reason === undefined) this.#effects.countSent(events.length);
    else this.#effects.countDrop(reason, events.length);
    return [];
  }

  #restFor(afterMs: number | undefined): number {
    this.#failures += 1;
    const now = this.#effects.now();
    const waitMs = afterMs ?? backoffMs(this.#failures, this.#effects.random());
    if (afterMs === undefined) this.#restUntilMs = now + waitMs;
    else this.#closedUntilMs = now + waitMs;
    return waitMs;
  }
}
