import { bool, boolean, distribution, listOf, nested, plain, presenceMap } from '../privacy/index.js';
import { declareFieldsLate, declareLate } from './declare-late.js';
import { howMany, milliseconds, oneOfOrOther, seconds, share, usd, version } from './domains.js';
import type { RequestCounts, SessionCounts, SessionStatistics, TimingCounts } from './session-statistics.js';
import { TelemetryEvent } from './telemetry-event.js';
import { FILE_CATEGORIES, LANGUAGES, SETUP_ERRORS, STORE_KINDS } from './vocabulary.js';

class Setup {
  success!: boolean;
  attempts!: number;
  errors!: readonly string[];
}

declareFieldsLate(Setup, () => ({
  success: plain(bool()),
  attempts: plain(howMany),
  errors: plain(listOf(oneOfOrOther(SETUP_ERRORS))),
}));

class Requests {
  total!: number;
  successful!: number;
  failed!: number;
  successRate!: number | null;
}

declareFieldsLate(Requests, () => ({
  total: plain(howMany),
  successful: plain(howMany),
  failed: plain(howMany),
  successRate: plain(share, { as: 'success_rate' }),
}));

class ToolCallTiming {
  avgMs!: number;
  count!: number;
}

declareFieldsLate(ToolCallTiming, () => ({
  avgMs: plain(milliseconds, { as: 'avg_ms' }),
  count: plain(howMany),
}));

class HttpTiming {
  healthAvgMs!: number;
  healthCount!: number;
}

declareFieldsLate(HttpTiming, () => ({
  healthAvgMs: plain(milliseconds, { as: 'health_avg_ms' }),
  healthCount: plain(howMany, { as: 'health_count' }),
}));

class Timing {
  toolCalls: ToolCallTiming | undefined;
  http: HttpTiming | undefined;
}

declareFieldsLate(Timing, () => ({
  toolCalls: nested(() => ToolCallTiming, { as: 'tool_calls' }),
  http: nested(() => HttpTiming),
}));

class Tokens {
  embedding!: number;
  delivered!: number;
  saved!: number;
  savingsUsd!: number;
}

declareFieldsLate(Tokens, () => ({
  embedding: plain(howMany),
  delivered: plain(howMany),
  saved: plain(howMany),
  savingsUsd: plain(usd, { as: 'savings_usd' }),
}));

class Index {
  totalFiles!: number;
  byCategory!: readonly string[];
  totalOperations!: number;
  languages!: readonly string[];
}

declareFieldsLate(Index, () => ({
  totalFiles: plain(howMany, { as: 'total_files' }),
  byCategory: distribution(FILE_CATEGORIES, { as: 'by_category' }),
  totalOperations: plain(howMany, { as: 'total_operations' }),
  languages: distribution(LANGUAGES),
}));

class FailoverBlock {
  occurred!: boolean;
  count!: number;
  timeSeconds!: number;
  activeStore!: string;
}

declareFieldsLate(FailoverBlock, () => ({
  occurred: boolean(),
  count: plain(howMany),
  timeSeconds: plain(seconds, { as: 'time_seconds' }),
  activeStore: plain(oneOfOrOther(STORE_KINDS), { as: 'active_store' }),
}));

/** One session as numbers, sent when it ends. A block is present when its statistics are. */
export class SessionEvent extends TelemetryEvent {
  version: string | undefined;
  durationSeconds!: number;
  /** Which settings are in use, by name; never what they are set to. */
  settings: object | undefined;
  setup!: Setup;
  requests!: Requests;
  httpRequests: Requests | undefined;
  timing: Timing | undefined;
  tokens: Tokens | undefined;
  index: Index | undefined;
  failover: FailoverBlock | undefined;
}

declareLate(
  SessionEvent,
  'session',
  () => ({
    version: plain(version()),
    durationSeconds: plain(seconds, { as: 'duration_seconds' }),
    settings: presenceMap(),
    setup: nested(() => Setup),
    requests: nested(() => Requests),
    httpRequests: nested(() => Requests, { as: 'http_requests' }),
    timing: nested(() => Timing),
    tokens: nested(() => Tokens),
    index: nested(() => Index),
    failover: nested(() => FailoverBlock),
  }),
  {
    isPrefixed: true,
    purpose: 'learning how long sessions are, how fast they answer and what they cost',
  },
);

/** What a maker says of a session beside its statistics. */
export interface SessionSummary {
  readonly stats: SessionStatistics;
  /** Version of the program, such as `1.4.0`; the one the client was created with unless given. */
  readonly version?: string | undefined;
  readonly setupSuccess: boolean;
  readonly setupAttempts: number;
  /** Codes of {@link SETUP_ERRORS}; any other counts as `other`. */
  readonly configErrors?: readonly string[];
  readonly durationSeconds: number;
  /** Setting name → its value. Only whether there is one is sent. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** A session's summary → its event. Pure. */
export function toSessionEvent(summary: SessionSummary): SessionEvent {
  const counts = summary.stats.counts();
  return Object.assign(new SessionEvent(), {
    version: summary.version,
    durationSeconds: summary.durationSeconds,
    settings: summary.settings,
    setup: {
      success: summary.setupSuccess,
      attempts: summary.setupAttempts,
      errors: [...new Set(summary.configErrors)],
    },
    requests: toRequests(counts.requests),
    httpRequests: total(counts.httpRequests) > 0 ? toRequests(counts.httpRequests) : undefined,
    timing: toTiming(counts),
    tokens: counts.tokens,
    index: toIndex(counts),
    failover: counts.failover,
  });
}

const total = ({ successful, failed }: RequestCounts) => successful + failed;

const average = ({ totalMs, count }: TimingCounts) => totalMs / count;

/** The rate of no requests at all is unknown, not zero. */
function toRequests(counts: RequestCounts): Requests {
  const all = total(counts);
  return { ...counts, total: all, successRate: all === 0 ? null : counts.successful / all };
}

function toTiming({ toolCalls, httpHealth }: SessionCounts): Timing | undefined {
  if (toolCalls.count === 0 && httpHealth.count === 0) return undefined;
  return {
    toolCalls: toolCalls.count > 0 ? { avgMs: average(toolCalls), count: toolCalls.count } : undefined,
    http:
      httpHealth.count > 0 ? { healthAvgMs: average(httpHealth), healthCount: httpHealth.count } : undefined,
  };
}

function toIndex({ files }: SessionCounts): Index | undefined {
  if (files.operations === 0) return undefined;
  return {
    totalFiles: files.total,
    byCategory: files.categories,
    totalOperations: files.operations,
    languages: files.languages,
  };
}
