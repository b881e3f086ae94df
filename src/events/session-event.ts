import {
  bool,
  boolean,
  builtInEvent,
  distribution,
  listOf,
  nested,
  plain,
  presenceMap,
} from '../privacy/index.js';
import { howMany, milliseconds, oneOfOrOther, seconds, share, usd, version } from './domains.js';
import type { RequestCounts, SessionCounts, SessionStatistics, TimingCounts } from './session-statistics.js';
import { TelemetryEvent } from './telemetry-event.js';
import { FILE_CATEGORIES, LANGUAGES, SETUP_ERRORS, STORE_KINDS } from './vocabulary.js';

class Setup {
  @plain(bool()) success!: boolean;
  @plain(howMany) attempts!: number;
  @plain(listOf(oneOfOrOther(SETUP_ERRORS))) errors!: readonly string[];
}

class Requests {
  @plain(howMany) total!: number;
  @plain(howMany) successful!: number;
  @plain(howMany) failed!: number;
  @plain(share, { as: 'success_rate' }) successRate!: number | null;
}

class ToolCallTiming {
  @plain(milliseconds, { as: 'avg_ms' }) avgMs!: number;
  @plain(howMany) count!: number;
}

class HttpTiming {
  @plain(milliseconds, { as: 'health_avg_ms' }) healthAvgMs!: number;
  @plain(howMany, { as: 'health_count' }) healthCount!: number;
}

class Timing {
  @nested(() => ToolCallTiming, { as: 'tool_calls' }) toolCalls: ToolCallTiming | undefined;
  @nested(() => HttpTiming) http: HttpTiming | undefined;
}

class Tokens {
  @plain(howMany) embedding!: number;
  @plain(howMany) delivered!: number;
  @plain(howMany) saved!: number;
  @plain(usd, { as: 'savings_usd' }) savingsUsd!: number;
}

class Index {
  @plain(howMany, { as: 'total_files' }) totalFiles!: number;
  @distribution(FILE_CATEGORIES, { as: 'by_category' }) byCategory!: readonly string[];
  @plain(howMany, { as: 'total_operations' }) totalOperations!: number;
  @distribution(LANGUAGES) languages!: readonly string[];
}

class FailoverBlock {
  @boolean() occurred!: boolean;
  @plain(howMany) count!: number;
  @plain(seconds, { as: 'time_seconds' }) timeSeconds!: number;
  @plain(oneOfOrOther(STORE_KINDS), { as: 'active_store' }) activeStore!: string;
}

/** One session as numbers, sent when it ends. A block is present when its statistics are. */
@builtInEvent('session', {
  isPrefixed: true,
  purpose: 'learning how long sessions are, how fast they answer and what they cost',
})
export class SessionEvent extends TelemetryEvent {
  @plain(version) version: string | undefined;
  @plain(seconds, { as: 'duration_seconds' }) durationSeconds!: number;
  /** Which settings are in use, by name; never what they are set to. */
  @presenceMap() settings: object | undefined;
  @nested(() => Setup) setup!: Setup;
  @nested(() => Requests) requests!: Requests;
  @nested(() => Requests, { as: 'http_requests' }) httpRequests: Requests | undefined;
  @nested(() => Timing) timing: Timing | undefined;
  @nested(() => Tokens) tokens: Tokens | undefined;
  @nested(() => Index) index: Index | undefined;
  @nested(() => FailoverBlock) failover: FailoverBlock | undefined;
}

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
