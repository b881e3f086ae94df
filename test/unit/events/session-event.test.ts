import { describe, expect, it } from 'vitest';
import { SessionStatistics, type SessionSummary, toSessionEvent } from '../../../src/events/index.js';

function session(summary: Partial<SessionSummary> = {}, fill: (stats: SessionStatistics) => void = () => {}) {
  const stats = new SessionStatistics();
  fill(stats);
  const event = toSessionEvent({
    stats,
    setupSuccess: true,
    setupAttempts: 1,
    durationSeconds: 1,
    ...summary,
  });
  return event.serializeForTelemetry();
}

const BLOCKS = ['http_requests', 'timing', 'tokens', 'index', 'failover'] as const;

describe('a session as an event', () => {
  it('has no block without its statistics', () => {
    for (const block of BLOCKS) expect(session()).not.toHaveProperty(block);
  });

  it.each<[(typeof BLOCKS)[number], (stats: SessionStatistics) => void]>([
    ['http_requests', (stats) => stats.addFailedRequest(undefined, { http: true })],
    ['timing', (stats) => stats.addTiming('http_health', 1)],
    ['tokens', (stats) => stats.addTokenUsage({})],
    ['index', (stats) => stats.addFileOperation({})],
    ['failover', (stats) => stats.updateFailover({})],
  ])('has %s, and none of the others, once it has statistics', (block, fill) => {
    const present = BLOCKS.filter((name) => name in session({}, fill));
    expect(present).toEqual([block]);
  });

  it('has of timing only the kinds that were timed', () => {
    expect(session({}, (stats) => stats.addTiming('tool_call', 2)).timing).toEqual({
      tool_calls: { avg_ms: 2, count: 1 },
    });
  });

  it('has a rate of 0 when all failed, 1 when none did, and none without requests', () => {
    const rate = (fill?: (stats: SessionStatistics) => void) =>
      (session({}, fill).requests as { success_rate: unknown }).success_rate;
    expect(rate((stats) => stats.addFailedRequest())).toBe(0);
    expect(rate((stats) => stats.addSuccessfulRequest())).toBe(1);
    expect(rate()).toBeNull();
  });

  it('says of settings only whether they are used', () => {
    const settings = { model: 'secret', list: [], zero: 0, off: false, on: true, missing: undefined };
    expect(session({ settings }).settings).toEqual({
      model: true,
      list: false,
      zero: false,
      off: false,
      on: true,
      missing: false,
    });
  });

  it('names each setup error once, unknown ones as other', () => {
    const configErrors = ['index_failed', 'index_failed', 'cannot open /home/jane'];
    expect(session({ configErrors }).setup).toMatchObject({ errors: ['index_failed', 'other'] });
  });

  it('says no version that is none', () => {
    expect(session({ version: '1.4.0' }).version).toBe('1.4.0');
    expect(session({ version: 'build of jane' })).not.toHaveProperty('version');
  });
});
