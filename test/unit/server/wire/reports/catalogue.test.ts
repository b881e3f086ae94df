import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  AGENTS,
  DailyReportSchema,
  ERROR_TYPES,
  HeartbeatSchema,
  REPORT_CATALOGUE,
  TRIGGERS,
} from '../../../../../src/server/wire/reports/index.js';
import { buildDaily, buildHeartbeat } from '../../../../support/reports.js';

const lines = REPORT_CATALOGUE.collected.flatMap((section) => section.lines);
const namesOf = (report: string) => lines.filter((line) => line.report === report).map(({ name }) => name);

describe('the catalogue of reports', () => {
  it('has the four groups of the settings page, each with something in it', () => {
    expect(REPORT_CATALOGUE.collected.map(({ title }) => title)).toEqual([
      'Agent run metrics',
      'Usage patterns',
      'Performance statistics',
      'Team activity',
    ]);
    for (const section of REPORT_CATALOGUE.collected) expect(section.lines).not.toHaveLength(0);
  });

  it('has a line for every member of a report, and for nothing else', () => {
    expect(namesOf('heartbeat').sort()).toEqual(Object.keys(HeartbeatSchema.shape.metrics.shape).sort());
    expect(namesOf('daily').sort()).toEqual(Object.keys(DailyReportSchema.shape.analytics.shape).sort());
    const around = [...Object.keys(HeartbeatSchema.shape), ...Object.keys(DailyReportSchema.shape)];
    expect(REPORT_CATALOGUE.envelope.map(({ name }) => name).sort()).toEqual(
      [...new Set(around)].filter((name) => name !== 'metrics' && name !== 'analytics').sort(),
    );
  });

  it('says of each line in a sentence what it is, and what for', () => {
    for (const { about, purpose } of lines) {
      expect(about).toMatch(/^[A-Z].*\.$/);
      expect(purpose).toMatch(/^To .*\.$/);
    }
  });

  it('names every label that a breakdown may have', () => {
    const labelled = lines
      .filter(({ labels }) => labels.length > 0)
      .map(({ name, labels }) => [name, labels]);
    expect(Object.fromEntries(labelled)).toEqual({
      runs_by_trigger: TRIGGERS,
      runs_by_agent: AGENTS,
      top_errors: ERROR_TYPES,
    });
  });

  it('says the five things that are never collected, each with where it could have come from', () => {
    expect(REPORT_CATALOGUE.neverCollected).toHaveLength(5);
    const columns = REPORT_CATALOGUE.neverCollected.flatMap((entry) => entry.columns);
    for (const column of columns) expect(column).toMatch(/^[a-z_]+\.[a-z_]+$/);
    expect(new Set(columns).size).toBe(columns.length);
    expect(columns).toEqual(
      expect.arrayContaining([
        'agent_runs.trigger_actor',
        'agent_runs.trigger_message',
        'agent_runs.output_summary',
        'agent_runs.output_json',
        'agent_runs.error_message',
      ]),
    );
  });

  it('never calls anonymous what can be linked to a customer', () => {
    expect(JSON.stringify(REPORT_CATALOGUE)).not.toMatch(/anonym/i);
  });
});

/** What is wrong with a part of a JSON schema that could hold a text of somebody's choice. */
function openPartsOf(schema: z.core.JSONSchema.BaseSchema, path: string): string[] {
  const { type, anyOf } = schema;
  if (anyOf) return anyOf.flatMap((option) => openPartsOf(option as z.core.JSONSchema.BaseSchema, path));
  if (type === 'null' || type === 'boolean' || schema.const !== undefined || schema.enum) return [];
  if (type === 'number' || type === 'integer') {
    return schema.minimum !== undefined && schema.maximum !== undefined ? [] : [`${path}: no bounds`];
  }
  if (type === 'string') return schema.pattern ? [] : [`${path}: free text`];
  if (type === 'array') return openPartsOf(schema.items as z.core.JSONSchema.BaseSchema, `${path}[]`);
  if (type === 'object' && schema.propertyNames) {
    const { enum: names } = schema.propertyNames as z.core.JSONSchema.BaseSchema;
    const values = openPartsOf(schema.additionalProperties as z.core.JSONSchema.BaseSchema, `${path}.*`);
    return names ? values : [`${path}: free names`, ...values];
  }
  if (type === 'object' && schema.additionalProperties === false) {
    return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) =>
      openPartsOf(inner as z.core.JSONSchema.BaseSchema, `${path}.${name}`),
    );
  }
  return [`${path}: anything`];
}

describe('the schemas of reports', () => {
  it.each([
    ['heartbeat', HeartbeatSchema],
    ['daily report', DailyReportSchema],
  ])('leave no room for a text in a %s', (_, schema) => {
    expect(openPartsOf(z.toJSONSchema(schema), '')).toEqual([]);
  });

  it('would be found to leave room for one', () => {
    const leaky = z.strictObject({
      by: z.record(z.string(), z.int().min(0)),
      note: z.string(),
      more: z.looseObject({}),
    });
    expect(openPartsOf(z.toJSONSchema(leaky), '')).toEqual([
      '.by: free names',
      '.note: free text',
      '.more: anything',
    ]);
  });

  const heartbeat = buildHeartbeat('2026-01-11T19:05:21.133463Z');
  const daily = buildDaily('2026-01-11');
  const { analytics } = daily;
  const MAX_COUNT = 1_000_000_000;
  const withAnalytics = (change: object) => ({ ...daily, analytics: { ...analytics, ...change } });

  it.each(['2026-01-11T19:05:21.133+01:00', '2026-01-11T19:05:21.1334631234Z', 'now'])(
    'refuse a heartbeat of %s',
    (timestamp) => {
      expect(HeartbeatSchema.safeParse({ ...heartbeat, timestamp }).success).toBe(false);
    },
  );

  it('refuse a heartbeat of a year that databases have not, or that says more than can be', () => {
    const withMetrics = (change: object) => ({ ...heartbeat, metrics: { ...heartbeat.metrics, ...change } });
    for (const report of [
      { ...heartbeat, timestamp: '0000-01-01T00:00:00.000Z' },
      withMetrics({ runs_today: MAX_COUNT + 1 }),
      withMetrics({ total_teams: Number.MAX_SAFE_INTEGER }),
      withMetrics({ avg_duration_seconds: 45.31 }),
    ])
      expect(HeartbeatSchema.safeParse(report).success).toBe(false);
  });

  it('take every number that was rounded to one decimal, and the largest counts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 25_920_000 }), (tenths) => {
        const seconds = Number((tenths / 10).toFixed(1));
        expect(DailyReportSchema.safeParse(withAnalytics({ avg_duration_seconds: seconds })).success).toBe(
          true,
        );
      }),
    );
    const largest = { total_runs: MAX_COUNT, runs_by_agent: { k8s: MAX_COUNT }, total_teams: MAX_COUNT };
    expect(DailyReportSchema.safeParse(withAnalytics(largest)).success).toBe(true);
    expect(DailyReportSchema.safeParse({ ...daily, date: '0001-01-01' }).success).toBe(true);
  });

  it('take reports as they are, in the order in which they are', () => {
    expect(JSON.stringify(HeartbeatSchema.parse(heartbeat))).toBe(JSON.stringify(heartbeat));
    expect(JSON.stringify(DailyReportSchema.parse(daily))).toBe(JSON.stringify(daily));
  });

  it.each([
    ['a label that is not in the list', withAnalytics({ runs_by_agent: { 'acme-payroll-bot': 1 } })],
    [
      'a type of error that is not in the list',
      withAnalytics({ top_errors: [{ error_type: 'db.internal', count: 1 }] }),
    ],
    ['a member that is not in the catalogue', withAnalytics({ note: 'x' })],
    ['a member missing', { ...daily, analytics: { total_runs: 1 } }],
    ['a number that is none', withAnalytics({ avg_duration_seconds: Number.NaN })],
    ['a count below zero', withAnalytics({ total_runs: -1 })],
    ['a count in a text', withAnalytics({ total_runs: '150' })],
    ['a duration of years', withAnalytics({ p99_duration_seconds: 1e9 })],
    ['an id with room for a name', { ...daily, customer_id: 'Bob Smith <bob@x.y>' }],
    ['an id that a spreadsheet takes for a formula', { ...daily, customer_id: '-1' }],
    ['an id that looks hidden', { ...daily, customer_id: '_acme' }],
    ['a date with a time', { ...daily, date: '2026-01-11T00:00:00Z' }],
    ['a day of a year that databases have not', { ...daily, date: '0000-01-01' }],
    ['more runs than can be', withAnalytics({ total_runs: MAX_COUNT + 1 })],
    ['more teams than can be', withAnalytics({ total_teams: MAX_COUNT + 1 })],
    ['more runs of a trigger than can be', withAnalytics({ runs_by_trigger: { slack: MAX_COUNT + 1 } })],
    ['more runs of an agent than can be', withAnalytics({ runs_by_agent: { k8s: MAX_COUNT + 1 } })],
    [
      'more errors than can be',
      withAnalytics({ top_errors: [{ error_type: 'timeout', count: MAX_COUNT + 1 }] }),
    ],
    ['a duration of two decimals', withAnalytics({ avg_duration_seconds: 42.55 })],
    ['a duration that nobody else has', withAnalytics({ p50_duration_seconds: 1234567.123456789 })],
    ['tool calls of two decimals', withAnalytics({ avg_tool_calls: 8.31 })],
  ])('refuse %s', (_, report) => {
    expect(DailyReportSchema.safeParse(report).success).toBe(false);
  });
});
