/** Shows one run of the tool with telemetry around it: every search an event, the run an event, a flag that decides. */

import { Run } from './events.js';
import { buildIndex, type CodeIndex, type Ranking, type SearchResponse, search } from './index.js';
import {
  chooseRanking,
  describeIndex,
  describeSearch,
  type SearchTelemetry,
  statisticsOf,
  VERSION,
} from './telemetry.js';

export interface SearchSession {
  readonly index: CodeIndex;
  readonly ranking: Ranking;
  search(query: string): SearchResponse;
  /** Record the session and send what waits. */
  close(): Promise<void>;
}

/** @throws {FolderError} if the folder cannot be indexed */
export async function openSearchSession(folder: string, telemetry: SearchTelemetry): Promise<SearchSession> {
  const startedAt = performance.now();
  telemetry.startSession(new Run('demonstration'));
  const [index, ranking] = await Promise.all([buildIndex(folder), chooseRanking(telemetry)]);
  telemetry.capture(describeIndex(index));
  const stats = statisticsOf(index);

  return {
    index,
    ranking,
    search(query) {
      const response = search(index, query, { ranking });
      telemetry.captureSearchEvent(describeSearch(response));
      stats.addSuccessfulRequest();
      stats.addTiming('tool_call', response.executionTimeMs);
      stats.addTokenUsage({ delivered: response.tokenCount, saved: index.tokens - response.tokenCount });
      return response;
    },
    async close() {
      telemetry.captureSessionEvent({
        stats,
        version: VERSION,
        setupSuccess: true,
        setupAttempts: 1,
        durationSeconds: (performance.now() - startedAt) / 1_000,
        settings: { folder, ranking, limit: undefined },
      });
      await telemetry.endSession();
    },
  };
}
