import { OTHER } from './vocabulary.js';

/** What a session did, as numbers. Paths and request ids are used to count each once; they stay in memory and are never sent. */
export interface SessionCounts {
  readonly requests: RequestCounts;
  readonly httpRequests: RequestCounts;
  readonly toolCalls: TimingCounts;
  readonly httpHealth: TimingCounts;
  readonly tokens: TokenUsage | undefined;
  readonly files: FileCounts;
  readonly failover: Failover | undefined;
}

export interface RequestCounts {
  readonly successful: number;
  readonly failed: number;
}

export interface TimingCounts {
  readonly count: number;
  readonly totalMs: number;
}

export interface TokenUsage {
  /** Tokens that were turned into embeddings. */
  readonly embedding: number;
  /** Tokens that were handed to the caller. */
  readonly delivered: number;
  /** Tokens that the caller was spared. */
  readonly saved: number;
  readonly savingsUsd: number;
}

export interface FileCounts {
  readonly total: number;
  readonly operations: number;
  /** One entry per distinct file. */
  readonly categories: readonly string[];
  readonly languages: readonly string[];
}

export interface FileOperation {
  /** Tells files apart, so that ten operations on one file count one file. Never leaves the process. */
  readonly path?: string;
  readonly language?: string;
  readonly category?: string;
}

export interface Failover {
  readonly occurred: boolean;
  readonly count: number;
  readonly timeSeconds: number;
  /** Which store serves now: `primary`, `backup`, `memory` or `none`. */
  readonly activeStore: string;
}

export type TimingKind = 'tool_call' | 'http_health';

/** Beyond these, further request ids and paths are no longer told apart and each counts as new. */
const MAX_REMEMBERED = 100_000;

/**
 * Counts what a session does, to be sent once as numbers when it ends.
 *
 * @remarks Plain additions: no clock, no I/O, never throws. A number that is not finite is ignored.
 */
export class SessionStatistics {
  #requests = new RequestTally();
  #httpRequests = new RequestTally();
  #timings: Record<TimingKind, { count: number; totalMs: number }> = emptyTimings();
  #tokens: TokenUsage | undefined;
  #files = new Map<string | symbol, FileOperation>();
  #operations = 0;
  #failover: Failover | undefined;

  /** @param id - tells requests apart: the same id counts once. @param options.http - an HTTP request, counted apart */
  addSuccessfulRequest(id?: string, options: { readonly http?: boolean } = {}): void {
    this.#tally(options).add('successful', id);
  }

  /** See {@link addSuccessfulRequest}. */
  addFailedRequest(id?: string, options: { readonly http?: boolean } = {}): void {
    this.#tally(options).add('failed', id);
  }

  addTiming(kind: TimingKind, durationMs: number): void {
    if (!Object.hasOwn(this.#timings, kind) || !Number.isFinite(durationMs) || durationMs < 0) return;
    const timing = this.#timings[kind];
    timing.count += 1;
    timing.totalMs += durationMs;
  }

  /** Adds to what was used so far. */
  addTokenUsage(usage: Partial<TokenUsage>): void {
    const before = this.#tokens ?? { embedding: 0, delivered: 0, saved: 0, savingsUsd: 0 };
    this.#tokens = {
      embedding: before.embedding + finite(usage.embedding),
      delivered: before.delivered + finite(usage.delivered),
      saved: before.saved + finite(usage.saved),
      savingsUsd: before.savingsUsd + finite(usage.savingsUsd),
    };
  }

  addFileOperation(operation: FileOperation): void {
    this.#operations += 1;
    const key = this.#files.size < MAX_REMEMBERED ? (operation.path ?? Symbol('file')) : Symbol('file');
    const { language, category } = operation;
    this.#files.set(key, {
      ...(language !== undefined && { language }),
      ...(category !== undefined && { category }),
    });
  }

  /** Replaces what was known of the failover; parts that are left out keep their value. */
  updateFailover(failover: Partial<Failover>): void {
    const before = this.#failover ?? { occurred: false, count: 0, timeSeconds: 0, activeStore: 'primary' };
    this.#failover = { ...before, ...failover };
  }

  /** Forget everything, as at the start of a session. */
  reset(): void {
    this.#requests = new RequestTally();
    this.#httpRequests = new RequestTally();
    this.#timings = emptyTimings();
    this.#tokens = undefined;
    this.#files = new Map();
    this.#operations = 0;
    this.#failover = undefined;
  }

  /** The counts so far; later calls do not change what was returned. */
  counts(): SessionCounts {
    const files = [...this.#files.values()];
    return {
      requests: this.#requests.counts(),
      httpRequests: this.#httpRequests.counts(),
      toolCalls: { ...this.#timings.tool_call },
      httpHealth: { ...this.#timings.http_health },
      tokens: this.#tokens,
      files: {
        total: files.length,
        operations: this.#operations,
        categories: files.map(({ category }) => category ?? OTHER),
        languages: files.map(({ language }) => language ?? OTHER),
      },
      failover: this.#failover,
    };
  }

  #tally(options: { readonly http?: boolean }): RequestTally {
    return options.http ? this.#httpRequests : this.#requests;
  }
}

class RequestTally {
  readonly #seen = new Set<string>();
  readonly #counts = { successful: 0, failed: 0 };

  add(outcome: keyof RequestCounts, id: string | undefined): void {
    if (id !== undefined) {
      if (this.#seen.has(id)) return;
      if (this.#seen.size < MAX_REMEMBERED) this.#seen.add(id);
    }
    this.#counts[outcome] += 1;
  }

  counts(): RequestCounts {
    return { ...this.#counts };
  }
}

const emptyTimings = () => ({ tool_call: { count: 0, totalMs: 0 }, http_health: { count: 0, totalMs: 0 } });

const finite = (value: number | undefined) => (Number.isFinite(value) ? (value as number) : 0);
