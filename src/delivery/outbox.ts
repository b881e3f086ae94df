import { onProcessEnd } from '../internal/index.js';
import type { DropReason, SanitizedEvent } from '../privacy/index.js';
import type { Environment, Proxies } from '../settings/index.js';
import type { Ledger } from '../store/index.js';
import { runBacklog } from './backlog/run-backlog.js';
import { Delivery, type DeliveryConfig } from './delivery.js';
import { canHandOver, handOver } from './flusher/hand-over.js';
import { inLedgerFirst } from './in-ledger-first.js';
import { Lanes } from './lanes.js';
import type { Rest } from './rest.js';
import type { Outcome, Settle, Sink } from './sink.js';
import { within } from './within.js';

export interface OutboxConfig extends DeliveryConfig {
  /** Whether what waits at the end is left to a process of its own, where one can be started. */
  readonly detached: boolean;
  readonly shutdownTimeoutMs: number;
}

export interface OutboxParts {
  readonly config: OutboxConfig;
  /** The state directory. */
  readonly directory: string;
  readonly environment: Environment;
  readonly proxies: Proxies;
  /** Where every event stands already when it comes here. */
  readonly ledger: Ledger;
  /** Events of one kind go in one request. */
  readonly kindOf: (event: SanitizedEvent) => string;
  /** A way for events of a kind, asked for once. */
  readonly sinkOf: (kind: string) => Sink;
  /** When nothing of a kind may be sent, asked for once. */
  readonly restOf: (kind: string) => Rest;
  /** Asked before every request; false drops what waits. */
  readonly maySend: () => boolean;
  readonly count: (outcome: Outcome, events: number) => void;
}

/** When a program first looks for what others left: one that hands over does so at its end, unless it goes on. */
const FIRST_BACKLOG_MS = 1_000;
const DETACHED_BACKLOG_MS = 60_000;
/** How often a long program looks. */
const BACKLOG_INTERVAL_MS = 3_600_000;

/**
 * Everything between the ledger and the server: what is recorded is sent while the program runs, and at its end it is sent
 * within the deadline or handed over. What was neither stays in the ledger, noted as waiting, for the next program.
 *
 * @remarks No timer of it keeps the process alive. It listens to the process's end while something waits, and where that end may
 *   wait for it, from the first event on.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  readonly #lanes: Lanes;
  readonly #isDetached: boolean;
  readonly #ending = new AbortController();
  #unwatch: (() => void) | undefined;
  #backlog: Promise<void> | undefined;
  #nextBacklog: NodeJS.Timeout;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    const { config, ledger, kindOf, sinkOf, restOf, maySend } = parts;
    this.#isDetached = config.detached && canHandOver();
    this.#lanes = new Lanes(kindOf, (kind) => {
      const rest = restOf(kind);
      const delivery = new Delivery(config, {
        sink: inLedgerFirst(sinkOf(kind), ledger),
        maySend,
        rest,
        settle: this.#settle,
        leave: (events) => this.#leave(events),
      });
      return { delivery, rest };
    });
    this.#nextBacklog = this.#scheduleBacklog(this.#isDetached ? DETACHED_BACKLOG_MS : FIRST_BACKLOG_MS);
  }

  /** Events that wait here or are on their way. */
  get pending(): number {
    return this.#lanes.pending + this.#parts.ledger.leaving;
  }

  /** Those that wait here or are on their way. */
  get waiting(): readonly SanitizedEvent[] {
    return this.#lanes.waiting;
  }

  enqueue(event: SanitizedEvent): void {
    const hasWaited = this.#lanes.pending > 0;
    this.#lanes.enqueue(event);
    if (!hasWaited && this.#lanes.pending > 0) this.#watchEnd();
  }

  /** Send what waits, and then what others left; see {@link Delivery.flush}. Never rejects. */
  async flush(timeoutMs: number): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    await this.#lanes.flush(timeoutMs);
    await this.#sendBacklogUntil(deadline);
  }

  /**
   * End: send what waits within the deadline, or hand it over at once. Later calls get the same promise; never rejects.
   */
  async shutdown(timeoutMs: number): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    if (!this.#isDetached) {
      await this.#lanes.shutdown(timeoutMs);
      await this.#sendBacklogUntil(deadline);
    }
    this.#end();
  }

  /**
   * End now: the request under way is given up, and what waits is dropped for this reason, but for what stands on a disk that
   * takes no more.
   *
   * @param isKept - whether what was recorded may still be written to the ledger
   */
  abandon(reason: DropReason, { isKept }: { readonly isKept: boolean }): void {
    this.#stop();
    if (reason === 'store_unusable') {
      // What stands on disk from before may still be sent by others.
      this.#lanes.leave();
      this.#parts.ledger.abandon();
      return;
    }
    this.#lanes.abandon(reason);
    if (isKept) this.#parts.ledger.flush();
    this.#parts.ledger.discard();
  }

  /** End now: what waits stays on disk, to be sent later. Synchronous. */
  leave(): void {
    this.#stop();
    this.#lanes.leave();
    this.#parts.ledger.close();
  }

  /** Synchronous: may be the last that the process does. */
  #end(): void {
    if (this.#ending.signal.aborted) return;
    this.leave();
    const { directory, environment, proxies, maySend } = this.#parts;
    if (this.#isDetached && maySend()) handOver(directory, { environment, proxies }, this.#lanes);
  }

  #stop(): void {
    this.#unwatch?.();
    this.#unwatch = undefined;
    this.#ending.abort();
    clearTimeout(this.#nextBacklog);
  }

  /** Again for what comes after an end that was waited for: the listeners stay the same ones. */
  #watchEnd(): void {
    const { config, ledger } = this.#parts;
    const mayWait = !this.#isDetached && config.shutdownTimeoutMs > 0;
    const unwatch = this.#unwatch;
    this.#unwatch = onProcessEnd({
      persist: (isOver) => {
        if (isOver) this.#end();
        else ledger.flush();
      },
      finish: mayWait ? () => this.flush(config.shutdownTimeoutMs) : undefined,
    });
    unwatch?.();
  }

  readonly #settle: Settle = (events, outcome, receipt) => {
    const { ledger, count } = this.#parts;
    count(outcome, events.length);
    ledger.settle(events, outcome, receipt);
    // At once: a program may end as soon as it hears that all is sent.
    ledger.flush();
    this.#unwatchWhenEmpty();
  };

  #leave(events: readonly SanitizedEvent[]): void {
    this.#parts.ledger.leave(events);
    this.#unwatchWhenEmpty();
  }

  /**
   * Where signals are listened to, they are until the end: one that came just before is told to nobody when its listener goes,
   * and does not end the process either.
   */
  #unwatchWhenEmpty(): void {
    if (!this.#isDetached || this.#lanes.pending > 0) return;
    this.#unwatch?.();
    this.#unwatch = undefined;
  }

  #scheduleBacklog(delayMs: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.#nextBacklog = this.#scheduleBacklog(BACKLOG_INTERVAL_MS);
      void this.#sendBacklog();
    }, delayMs).unref();
  }

  async #sendBacklogUntil(deadline: number): Promise<void> {
    const timeoutMs = deadline - performance.now();
    if (timeoutMs > 0) await within(timeoutMs, this.#sendBacklog());
  }

  #sendBacklog(): Promise<void> {
    const { directory, proxies, maySend } = this.#parts;
    if (this.#ending.signal.aborted || !maySend()) return Promise.resolve();
    this.#backlog ??= runBacklog({ directory, proxies, signal: this.#ending.signal }).finally(() => {
      this.#backlog = undefined;
    });
    return this.#backlog;
  }
}
