import { type SearchDescription, SessionStatistics, type SessionSummary } from 'sotto';
import { describe, expect, it } from 'vitest';
import { openWiring } from '../../support/wiring.js';

/** What stands on every event besides its own properties. */
const COMMON = /^(\$process_person_profile|\$geoip_disable|\$lib|\$lib_version|os\.|host\.|process\.|ci$)/;

/** The event's name without the app, and its own properties as they arrived. */
async function sendOne(
  record: (telemetry: Awaited<ReturnType<typeof openWiring>>['telemetry']) => void,
): Promise<{ readonly name: string; readonly properties: Record<string, unknown> }> {
  await using wiring = await openWiring();
  record(wiring.telemetry);
  await wiring.telemetry.flush();
  const [message] = wiring.server.messages;
  const own = Object.entries(message?.properties ?? {}).filter(([name]) => !COMMON.test(name));
  expect(wiring.telemetry.status().dropped).toEqual({});
  return { name: message?.event.replace(/^app_[0-9a-f]{8}_/, '') ?? '', properties: Object.fromEntries(own) };
}

const sendSession = (summary: SessionSummary) =>
  sendOne((telemetry) => telemetry.captureSessionEvent(summary));

const sendSearch = (search: SearchDescription) =>
  sendOne((telemetry) => telemetry.captureSearchEvent(search));

describe('<app>_session', () => {
  it('says exactly what its statistics hold, rounded', async () => {
    const stats = new SessionStatistics();
    stats.addSuccessfulRequest('a');
    stats.addSuccessfulRequest('b');
    stats.addFailedRequest('c');
    stats.addSuccessfulRequest('a', { http: true });
    stats.addTiming('tool_call', 1.234);
    stats.addTiming('tool_call', 2.345);
    stats.addTiming('http_health', 7);
    stats.addTokenUsage({ embedding: 100, delivered: 20, saved: 80, savingsUsd: 0.123456 });
    stats.addFileOperation({ path: '/home/jane/a.go', language: 'go', category: 'code' });
    stats.addFileOperation({ path: '/home/jane/a.go', language: 'go', category: 'code' });
    stats.addFileOperation({ path: '/home/jane/b.rs', language: 'rust', category: 'tests' });
    stats.addFileOperation({
      path: '/home/jane/c.x',
      language: 'janes-language',
      category: 'janes-category',
    });
    stats.updateFailover({ occurred: true, count: 1, timeSeconds: 3.456, activeStore: 'backup' });

    const { name, properties } = await sendSession({
      stats,
      version: '1.4.0',
      setupSuccess: true,
      setupAttempts: 2,
      configErrors: ['network_failed', 'network_failed', 'cannot open /home/jane/x'],
      durationSeconds: 12.3456,
      settings: { model: 'secret-model', limit: 0, folder: undefined },
    });
    expect(name).toBe('session');
    expect(properties).toEqual({
      version: '1.4.0',
      duration_seconds: 12.35,
      settings: { model: true, limit: false, folder: false },
      setup: { success: true, attempts: 2, errors: ['network_failed', 'other'] },
      requests: { total: 3, successful: 2, failed: 1, success_rate: 0.667 },
      http_requests: { total: 1, successful: 1, failed: 0, success_rate: 1 },
      timing: {
        tool_calls: { avg_ms: 1.79, count: 2 },
        http: { health_avg_ms: 7, health_count: 1 },
      },
      tokens: { embedding: 100, delivered: 20, saved: 80, savings_usd: 0.1235 },
      index: {
        total_files: 3,
        by_category: { code: 1, tests: 1, other: 1 },
        total_operations: 4,
        languages: { go: 1, rust: 1, other: 1 },
      },
      failover: { occurred: true, count: 1, time_seconds: 3.46, active_store: 'backup' },
    });
  });

  it('leaves out the blocks that have no statistics, and the rate of no requests is unknown', async () => {
    const { properties } = await sendSession({
      stats: new SessionStatistics(),
      setupSuccess: false,
      setupAttempts: 0,
      durationSeconds: 0,
    });
    expect(properties).toEqual({
      duration_seconds: 0,
      setup: { success: false, attempts: 0, errors: [] },
      requests: { total: 0, successful: 0, failed: 0, success_rate: null },
    });
  });

  it('says the version that the client was created with when the summary has none', async () => {
    await using wiring = await openWiring({ version: '2.0.0-beta.1' });
    const summary = {
      stats: new SessionStatistics(),
      setupSuccess: true,
      setupAttempts: 1,
      durationSeconds: 1,
    };
    wiring.telemetry.captureSessionEvent(summary);
    wiring.telemetry.captureSessionEvent({ ...summary, version: '3.0.0' });
    await wiring.telemetry.flush();
    expect(wiring.server.messages.map(({ properties }) => properties.version)).toEqual([
      '2.0.0-beta.1',
      '3.0.0',
    ]);
  });
});

describe('<app>_search', () => {
  const SCORED: SearchDescription = {
    query: 'how is it built',
    intent: 'UNDERSTAND',
    strategies: ['HYBRID', 'rerank', 'janes-strategy'],
    executionTimeMs: 12.3456,
    response: {
      matches: [
        { score: 0.9, matchType: 'definition', language: 'go' },
        { score: 0.3333, matchType: 'reference', language: 'go' },
        { score: 0.5, matchType: 'janes-type', language: 'rust' },
        { score: 0.1, matchType: 'reference' },
      ],
      candidates: 50,
      tokenCount: 1_200,
      searchMode: 'hybrid',
      warnings: ['one', 'two'],
      indexState: 'stale',
      indexCoverage: 0,
      summary: 'résumé 👩‍👩‍👧',
    },
    featureFlags: { reranker: 'test', beta: false, unknown: null, missing: undefined },
  };

  it('says exactly what the response holds: counts, rounded scores, coverage 0 as 0, set flags only', async () => {
    const { name, properties } = await sendSearch(SCORED);
    expect(name).toBe('search');
    expect(properties).toEqual({
      intent: 'UNDERSTAND',
      strategies: ['hybrid', 'rerank', 'other'],
      search_mode: 'hybrid',
      execution_time_ms: 12.35,
      results: { candidates: 50, returned: 4, token_count: 1_200 },
      status: 'success',
      has_warnings: true,
      warning_count: 2,
      index: { state: 'stale', coverage: 0 },
      language_count: 2,
      summary_length: 12,
      quality: { avg_score: 0.458, min_score: 0.1, max_score: 0.9, median_score: 0.417 },
      match_types: { definition: 1, reference: 2, other: 1 },
      match_count: 4,
      query: { token_count: 4, char_count: 15 },
      '$feature/reranker': 'test',
      '$feature/beta': false,
    });
  });

  it('has no quality, no match types and no index when the response has none', async () => {
    const { properties } = await sendSearch({
      query: '',
      strategies: [],
      executionTimeMs: 0,
      response: { matches: [{ matchType: 'definition' }] },
    });
    expect(properties).toEqual({
      strategies: [],
      execution_time_ms: 0,
      results: { candidates: 1, returned: 1, token_count: 0 },
      status: 'success',
      has_warnings: false,
      warning_count: 0,
      language_count: 0,
      summary_length: 0,
      query: { token_count: 0, char_count: 0 },
    });
  });
});
