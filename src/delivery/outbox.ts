import type { DropReason, SanitizedEvent } from '../privacy/index.js';
import type { Environment } from '../settings/index.js';
import type { Ledger } from '../store/index.js';
import { runBacklog } from './backlog/run-backlog.js';
import { Delivery, type DeliveryConfig } from './delivery.js';
import { onProcessEnd } from './exit/process-end.js';
import { canHandOver, handOver } from './flusher/hand-over.js';
import { inLedgerFirst } from './in-ledger-first.js';
import type { Rest } from './rest.js';
import type { Outcome, Sink } from './sink.js';

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
  readonly hasProxy: boolean;
  /** Where every event stands already when it comes here. */
  readonly ledger: Ledger;
  readonly sink: Sink;
  readonly rest: Rest;
  /** Asked before every request; false drops what waits. */
  readonly maySend: () => boolean;
  readonly count: (outcome: Outcome | 'left', events: number) => void;
}

/** How often a long program looks for what others left. */
const BACKLOG_INTERVAL_MS = 3_600_000;

/**
 * Everything between the ledger and the server: what is recorded is sent while the program runs, and at its end it is sent
 * within the deadline or handed over. What was neither stays in the ledger, noted as waiting, for the next program.
 *
 * @remarks No timer of it keeps the process alive. It listens to the process's end only while something waits.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  readonly #delivery: Delivery;
  readonly #isDetached: boolean;
  readonly #ending = new AbortController();
  #unwatch: (() => void) | undefined;
  #backlog: Promise<void> | undefined;
  #nextBacklog: NodeJS.Timeout;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    const { config, ledger, sink, rest, maySend } = parts;
    this.#isDetached = config.detached && canHandOver();
    this.#delivery = new Delivery(config, {
      sink: inLedgerFirst(sink, ledger),
      maySend,
      rest,
      settle: (events, outcome) => this.#settle(events, outcome),
      leave: (events) => this.#leave(events),
    });
    this.#nextBacklog = this.#scheduleBacklog(config.batchIntervalMs);
  }

  /** Events that wait here or are on their way. */
  get pending(): number {
    return this.#delivery.pending;
  }

  enqueue(event: SanitizedEvent): void {
    this.#delivery.enqueue(event);
    if (this.#delivery.pending > 0) this.#watchEnd();
  }

  /** Send what waits, and then what others left; see {@link Delivery.flush}. Never rejects. */
  async flush(timeoutMs: number): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    await this.#delivery.flush(timeoutMs);
    await within(deadline - performance.now(), this.#sendBacklog());
  }

  /**
   * End: send what waits within the deadline, or hand it over at once. Later calls get the same promise; never rejects.
   */
  async shutdown(timeoutMs: number): Promise<void> {
    if (!this.#isDetached) await this.#delivery.shutdown(timeoutMs);
    this.#end();
  }

  /**
   * End now: the request under way is given up, and what waits is dropped for this reason.
   *
   * @param isKept - whether what was recorded may still be written to the ledger
   */
  abandon(reason: DropReason, { isKept }: { readonly isKept: boolean }): void {
    this.#stop();
    this.#delivery.abandon(reason);
    if (isKept) this.#parts.ledger.flush();
    this.#parts.ledger.discard();
  }

  /** Synchronous: may be the last that the process does. */
  #end(): void {
    if (this.#ending.signal.aborted) return;
    this.#stop();
    const { ledger, directory, environment, hasProxy, rest } = this.#parts;
    this.#delivery.leave();
    ledger.close();
    if (this.#isDetached) handOver(directory, { env: environment.env, hasProxy }, rest);
  }

  #stop(): void {
    this.#unwatch?.();
    this.#unwatch = undefined;
    this.#ending.abort();
    clearTimeout(this.#nextBacklog);
  }

  #watchEnd(): void {
    const { config, ledger } = this.#parts;
    const mayWait = !this.#isDetached && config.shutdownTimeoutMs > 0;
    this.#unwatch ??= onProcessEnd({
      persist: (isOver) => {
        if (isOver) this.#end();
        else ledger.flush();
      },
      finish: mayWait ? () => this.#delivery.flush(config.shutdownTimeoutMs) : undefined,
    });
  }

  #settle(events: readonly SanitizedEvent[], outcome: Outcome): void {
    const { ledger, count } = this.#parts;
    count(outcome, events.length);
    ledger.settle(events, outcome);
    // At once: a program may end as soon as it hears that all is sent.
    ledger.flush();
    this.#unwatchWhenEmpty();
  }

  #leave(events: readonly SanitizedEvent[]): void {
    this.#parts.ledger.leave(events);
    this.#parts.count('left', events.length);
    this.#unwatchWhenEmpty();
  }

  #unwatchWhenEmpty(): void {
    if (this.#delivery.pending > 0) return;
    this.#unwatch?.();
    this.#unwatch = undefined;
  }

  #scheduleBacklog(delayMs: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.#nextBacklog = this.#scheduleBacklog(BACKLOG_INTERVAL_MS);
      void this.#sendBacklog();
    }, delayMs).unref();
  }

  #sendBacklog(): Promise<void> {
    const { directory, environment, hasProxy, maySend } = this.#parts;
    if (!maySend()) return Promise.resolve();
    this.#backlog ??= runBacklog({ directory, environment, hasProxy, signal: this.#ending.signal }).finally(
      () => {
        this.#backlog = undefined;
      },
    );
    return this.#backlog;
  }
}

async function within(timeoutMs: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, timeoutMs));
  });
  await Promise.race([work, timeout]);
  clearTimeout(timer);
}
