/** Shows how a tool describes itself to its telemetry: one client, one flag, a list of events, no raw content. */
import {
  type CreateTelemetryOptions,
  createTelemetry,
  defineFlags,
  SessionStatistics,
  type TelemetryOptions,
} from 'sotto';
import { EVENTS, IndexBuilt } from './events.js';
import type { CodeIndex, Ranking, SearchResponse } from './index.js';

export const VERSION = '0.1.0';

/** `new_reranker` chooses between the two ranking strategies. */
const featureFlags = defineFlags({ new_reranker: ['control', 'test'] });

const RANKING_OF = { control: 'bm25', test: 'proximity' } as const satisfies Record<string, Ranking>;

/** What the tool says in code, for its client and for the commands it offers. */
export const SEARCH_TELEMETRY = {
  app: 'code-search',
  version: VERSION,
  events: EVENTS,
  featureFlags,
} satisfies CreateTelemetryOptions;

/** The tool's telemetry. The options are for whoever embeds the tool; its users decide by environment variables. */
export function createSearchTelemetry(options: Partial<TelemetryOptions> = {}) {
  return createTelemetry({ ...SEARCH_TELEMETRY, ...options });
}

export type SearchTelemetry = ReturnType<typeof createSearchTelemetry>;

/** Which ranking this session uses: the flag's, or plain BM25 where the flag has no value. */
export async function chooseRanking(telemetry: SearchTelemetry): Promise<Ranking> {
  return RANKING_OF[await telemetry.getFeatureFlag('new_reranker', 'control')];
}

/** A search as `captureSearchEvent` takes it. It may hold anything: the event's rules decide what leaves. */
export function describeSearch(response: SearchResponse) {
  const { matches, candidates, tokenCount, warnings, coverage, summary } = response;
  return {
    response: {
      matches,
      candidates,
      tokenCount,
      warnings,
      summary,
      searchMode: 'keyword',
      indexState: 'complete',
      indexCoverage: coverage,
    },
    query: response.query,
    intent: response.intent,
    strategies: [response.ranking],
    executionTimeMs: response.executionTimeMs,
  };
}

/** An index as an event. Its folder is nobody's business: the event forbids it. */
export function describeIndex({ statistics, coverage, root }: CodeIndex) {
  const { totalFiles, elapsedMs } = statistics;
  return IndexBuilt.create({ files: totalFiles, coverage, elapsed_ms: Math.round(elapsedMs), root });
}

/** The numbers of an index as the start of a session's statistics. Paths tell files apart and stay in this process. */
export function statisticsOf(index: CodeIndex): SessionStatistics {
  const stats = new SessionStatistics();
  for (const { path, language, category } of index.files)
    stats.addFileOperation({ path, language, category });
  return stats;
}
