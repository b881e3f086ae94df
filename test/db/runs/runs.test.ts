import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { generateRuns } from '../../../examples/support/generate-runs.js';
import type { AgentRun } from '../../../src/server/db/index.js';
import { AGENTS, DailyReportSchema, TRIGGERS } from '../../../src/server/wire/reports/index.js';
import { DATABASE_KINDS, openTestDatabase, type TestDatabase } from '../../support/databases.js';

const STARTED_MS = Date.parse('2026-01-12T09:30:00.250Z');

/** Every member. */
const RUN = {
  id: 'run-1',
  orgId: 'acme',
  teamNodeId: 'platform',
  correlationId: 'c-1',
  triggerSource: 'slack',
  triggerActor: 'bob@x.y',
  triggerMessage: 'Tab\there, "quotes", \\ and 語 😀',
  triggerChannelId: '#ops',
  agentName: 'planner',
  startedAtMs: STARTED_MS,
  completedAtMs: STARTED_MS + 1_500,
  status: 'failed',
  toolCallsCount: 3,
  outputSummary: 'short',
  outputJson: { deep: [1, null, 'two'] },
  errorMessage: 'no',
  errorType: 'tool_error',
  confidence: 0.5,
  durationSeconds: 1.25,
  extraMetadata: ['free'],
} as const satisfies AgentRun;

const LEAST = { id: 'run-2', orgId: 'nobody-knows', startedAtMs: STARTED_MS, status: 'running' };

describe.each(DATABASE_KINDS)('runs that are kept in %s', (kind) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await openTestDatabase(kind);
  });
  afterAll(() => test.close());
  beforeEach(() => test.query('TRUNCATE agent_runs'));

  const add = (...runs: readonly AgentRun[]) => test.database.runs.add(runs);
  const rows = () =>
    test.query(`SELECT *, (extract(epoch FROM started_at) * 1000)::float8 AS started_at_ms,
                       (extract(epoch FROM completed_at) * 1000)::float8 AS completed_at_ms FROM agent_runs ORDER BY id`);

  it('have a row with every member in its column', async () => {
    expect(await add(RUN)).toBe(1);
    expect(await rows()).toMatchObject([
      {
        id: 'run-1',
        org_id: 'acme',
        team_node_id: 'platform',
        correlation_id: 'c-1',
        trigger_source: 'slack',
        trigger_actor: 'bob@x.y',
        trigger_message: RUN.triggerMessage,
        trigger_channel_id: '#ops',
        agent_name: 'planner',
        started_at_ms: STARTED_MS,
        completed_at_ms: STARTED_MS + 1_500,
        status: 'failed',
        tool_calls_count: 3,
        output_summary: 'short',
        output_json: RUN.outputJson,
        error_message: 'no',
        error_type: 'tool_error',
        confidence: 0.5,
        duration_seconds: 1.25,
        extra_metadata: RUN.extraMetadata,
      },
    ]);
  });

  it('need a few members, and have null for the others', async () => {
    expect(await add(LEAST)).toBe(1);
    const [row] = await rows();
    const filled = Object.entries(row ?? {}).flatMap(([name, value]) => (value === null ? [] : [name]));
    expect(filled.sort()).toEqual(['id', 'org_id', 'started_at', 'started_at_ms', 'status']);
  });

  it('take as long as their two times say, where they do not say it themselves', async () => {
    await add({ ...RUN, durationSeconds: undefined });
    expect(await rows()).toMatchObject([{ duration_seconds: 1.5 }]);
  });

  it('end in the row in which they began', async () => {
    expect(await add(LEAST, { ...LEAST, id: 'run-3' })).toBe(2);
    const ended = { ...LEAST, status: 'completed', completedAtMs: STARTED_MS + 2_000 };
    expect(await add(ended, { ...LEAST, id: 'run-4' })).toBe(1);
    expect((await rows()).map(({ id, status }) => [id, status])).toEqual([
      ['run-2', 'completed'],
      ['run-3', 'running'],
      ['run-4', 'running'],
    ]);
  });

  it('are kept once, as the last one says, when a call has one id twice', async () => {
    expect(await add(LEAST, { ...LEAST, status: 'timeout' })).toBe(1);
    expect(await rows()).toMatchObject([{ status: 'timeout' }]);
  });

  it('may be none', async () => {
    expect(await add()).toBe(0);
  });

  it.each([
    ['an id that is empty', { id: '' }, 'id'],
    ['an organisation with a name that is too long', { orgId: 'canary'.repeat(11) }, 'orgId'],
    ['an error of its own type', { errorType: 'canary' as 'other' }, 'errorType'],
    ['a duration below zero', { durationSeconds: -1 }, 'durationSeconds'],
    ['a duration that is no number', { durationSeconds: Number.NaN }, 'durationSeconds'],
    ['an end before its start', { completedAtMs: STARTED_MS - 1 }, 'completedAtMs'],
    ['a start that is no moment', { startedAtMs: Number.POSITIVE_INFINITY }, 'startedAtMs'],
    ['half a tool', { toolCallsCount: 1.5 }, 'toolCallsCount'],
    ['a text that cannot be kept', { errorMessage: 'canary\0' }, 'errorMessage'],
    ['half a character', { triggerMessage: 'canary\ud800' }, 'triggerMessage'],
    ['half a character within JSON', { outputJson: { canary: ['\udfff'] } }, 'outputJson'],
    ['a name within JSON that cannot be kept', { extraMetadata: { 'canary\0': 1 } }, 'extraMetadata'],
  ])('are refused with %s, and nothing beside them is kept', async (_, member, name) => {
    const adding = add(LEAST, { ...RUN, ...member });
    await expect(adding).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      message: expect.stringMatching(new RegExp(`^runs\\[1\\] has no fit ${name}\\.`)),
    });
    await expect(adding).rejects.not.toThrow(/canary/);
    expect(await rows()).toEqual([]);
  });

  it('are refused with a member that is none, without a word of its name', async () => {
    const adding = add({ ...LEAST, canary: 1 } as AgentRun);
    await expect(adding).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    await expect(adding).rejects.not.toThrow(/canary/);
  });

  it('may hold two backslashes before what looks like an escape', async () => {
    const outputJson = { path: '\\u0000 \\\\u0000' };
    await add({ ...LEAST, outputJson });
    expect(await rows()).toMatchObject([{ output_json: outputJson }]);
  });

  it('are many at once, and the reports of them add up and tell no text', async () => {
    const fromMs = Date.parse('2026-01-12T00:00:00Z');
    const runs: readonly AgentRun[] = generateRuns({
      seed: 7,
      fromMs,
      untilMs: fromMs + 24 * 60 * 60 * 1000,
      orgs: [
        { orgId: 'acme', teams: ['platform', 'data'], runsPerDay: 900 },
        { orgId: 'globex', teams: ['platform'], runsPerDay: 600 },
      ],
    });
    expect(await test.database.runs.add(runs)).toBe(runs.length);
    const rules = { enabledByDefault: true, minGroup: 5, dateUtc: '2026-01-12' };
    const { payload } = await test.database.reports.buildDaily(rules);
    const { analytics } = DailyReportSchema.parse(payload);
    const sum = (counts: Readonly<Record<string, number>>) =>
      Object.values(counts).reduce((total, count) => total + count, 0);
    expect(analytics.total_runs).toBe(runs.length);
    expect(sum(analytics.runs_by_trigger)).toBe(runs.length);
    expect(sum(analytics.runs_by_agent)).toBe(runs.length);
    expect(analytics.top_errors.reduce((total, { count }) => total + count, 0)).toBe(analytics.failed_runs);
    expect(analytics.active_teams).toBe(3);
    const texts = runs.flatMap((run) => [
      run.triggerActor,
      run.triggerMessage,
      run.triggerChannelId,
      run.correlationId,
      run.outputSummary,
      run.errorMessage,
      ...[run.agentName].filter((name) => !(AGENTS as readonly unknown[]).includes(name)),
      ...[run.triggerSource].filter((name) => !(TRIGGERS as readonly unknown[]).includes(name)),
    ]);
    const sent = JSON.stringify(payload);
    expect(new Set(texts).size).toBeGreaterThan(20);
    for (const text of new Set(texts)) if (text != null) expect(sent).not.toContain(text);
  });
});
