import { describe, expect, it } from 'vitest';
import { findDailyError, findHeartbeatError } from '../../../../src/server/vendor/receiving/consistency.js';
import type { DailyReport, Heartbeat } from '../../../../src/server/wire/reports/index.js';
import { buildDaily, buildHeartbeat, EMPTY_DAY } from '../../../support/reports.js';

const NOW = '2026-01-11T19:05:21.133463Z';

describe('a heartbeat', () => {
  it.each<[string, Partial<Heartbeat['metrics']>]>([
    ['of the catalogue', {}],
    [
      'of a minute past midnight, whose last hour began yesterday',
      { runs_today: 4, successful_runs_today: 0, runs_last_hour: 90 },
    ],
    ['with a team that is gone since', { active_teams_today: 6 }],
    ['with runs that go on', { runs_today: 1_000 }],
    [
      'without runs',
      { runs_today: 0, successful_runs_today: 0, failed_runs_today: 0, avg_duration_seconds: null },
    ],
  ])('%s may be true', (_, metrics) => {
    expect(findHeartbeatError(buildHeartbeat(NOW, metrics))).toBeUndefined();
  });

  it.each<[string, Partial<Heartbeat['metrics']>, RegExp]>([
    ['more outcomes than runs', { runs_today: 41 }, /runs_today/],
    [
      'an average of nothing',
      { runs_today: 0, successful_runs_today: 0, failed_runs_today: 0 },
      /avg_duration_seconds/,
    ],
  ])('with %s cannot', (_, metrics, rule) => {
    expect(findHeartbeatError(buildHeartbeat(NOW, metrics))).toMatch(rule);
  });
});

describe('a daily report', () => {
  it.each<[string, Partial<DailyReport['analytics']>]>([
    ['of the catalogue', {}],
    ['without runs', EMPTY_DAY],
    ['with runs that have not ended', { successful_runs: 100 }],
    [
      'with too few runs for an average',
      {
        avg_duration_seconds: null,
        p50_duration_seconds: null,
        p95_duration_seconds: null,
        p99_duration_seconds: null,
      },
    ],
    [
      'of runs that all took as long',
      { p50_duration_seconds: 1, p95_duration_seconds: 1, p99_duration_seconds: 1 },
    ],
    ['with a team that is gone since', { active_teams: 6 }],
  ])('%s may be true', (_, analytics) => {
    expect(findDailyError(buildDaily('2026-01-11', analytics))).toBeUndefined();
  });

  it.each<[string, Partial<DailyReport['analytics']>, RegExp]>([
    ['more outcomes than runs', { timeout_runs: 3 }, /total_runs/],
    ['triggers that come to fewer runs', { runs_by_trigger: { webhook: 149 } }, /runs_by_trigger/],
    ['triggers that come to more runs', { runs_by_trigger: { webhook: 151 } }, /runs_by_trigger/],
    ['agents that come to other runs', { runs_by_agent: {} }, /runs_by_agent/],
    ['more errors than failures', { top_errors: [{ error_type: 'timeout', count: 7 }] }, /failed_runs/],
    [
      'an error that is named twice',
      {
        top_errors: [
          { error_type: 'timeout', count: 2 },
          { error_type: 'timeout', count: 1 },
        ],
      },
      /once/,
    ],
    ['a median above the 95th percentile', { p50_duration_seconds: 85.3 }, /must not fall/],
    ['a 95th percentile above the 99th', { p95_duration_seconds: 120.6 }, /must not fall/],
    ['a duration that is missing', { p99_duration_seconds: null }, /all be null/],
    ['an average of nothing', { ...EMPTY_DAY, avg_tool_calls: 1 }, /without runs/],
  ])('with %s cannot', (_, analytics, rule) => {
    expect(findDailyError(buildDaily('2026-01-11', analytics))).toMatch(rule);
  });
});
