import { describe, expect, it } from 'vitest';
import { generateRuns, type RunPlan } from '../../../examples/support/generate-runs.js';
import { AGENTS, ERROR_TYPES, TRIGGERS } from '../../../src/server/wire/reports/index.js';

const HOUR_MS = 60 * 60 * 1000;
/** From a Monday to a Sunday. */
const PLAN: RunPlan = {
  seed: 1,
  fromMs: Date.parse('2026-01-12T00:00:00Z'),
  untilMs: Date.parse('2026-01-19T00:00:00Z'),
  orgs: [
    { orgId: 'acme', teams: ['platform', 'data'], runsPerDay: 1_000 },
    { orgId: 'globex', teams: ['platform'], runsPerDay: 200 },
  ],
};
const runs = generateRuns(PLAN);
const valuesOf = (key: keyof (typeof runs)[number]) => new Set(runs.map((run) => run[key]));

describe('generated runs', () => {
  it('are the same for a seed, and others for another', () => {
    expect(generateRuns(PLAN)).toEqual(runs);
    expect(generateRuns({ ...PLAN, seed: 2 })).not.toEqual(runs);
  });

  it('start within the time that is asked for, in order, each with an id of its own', () => {
    expect(valuesOf('id').size).toBe(runs.length);
    for (const [index, { startedAtMs }] of runs.entries()) {
      expect(startedAtMs).toBeGreaterThanOrEqual(runs[index - 1]?.startedAtMs ?? PLAN.fromMs);
      expect(startedAtMs).toBeLessThan(PLAN.untilMs);
    }
    const half = generateRuns({ ...PLAN, fromMs: PLAN.fromMs + HOUR_MS / 2, untilMs: PLAN.fromMs + HOUR_MS });
    expect(half[0]?.startedAtMs).toBeGreaterThanOrEqual(PLAN.fromMs + HOUR_MS / 2);
  });

  it('have every label that a report knows, and some that it does not', () => {
    const closed = (labels: readonly string[]) => labels.filter((label) => label !== 'other');
    for (const trigger of closed(TRIGGERS)) expect(valuesOf('triggerSource')).toContain(trigger);
    for (const agent of closed(AGENTS)) expect(valuesOf('agentName')).toContain(agent);
    for (const type of valuesOf('errorType')) expect([...ERROR_TYPES, null]).toContain(type);
    expect(valuesOf('triggerSource').size).toBe(TRIGGERS.length);
    expect(valuesOf('agentName').size).toBe(AGENTS.length);
    expect(valuesOf('errorType').size).toBeGreaterThan(8);
    expect(valuesOf('status')).toEqual(
      new Set(['completed', 'failed', 'timeout', 'running', 'awaiting_approval']),
    );
    expect(valuesOf('teamNodeId')).toEqual(new Set(['platform', 'data', null]));
  });

  it('come by day more than by night, and on working days more than on others', () => {
    const between = (from: number, until: number) =>
      runs.filter(({ startedAtMs }) => {
        const hour = new Date(startedAtMs).getUTCHours();
        return hour >= from && hour < until;
      }).length;
    expect(between(9, 12)).toBeGreaterThan(5 * between(0, 3));
    const onDay = (day: number) =>
      runs.filter(({ startedAtMs }) => new Date(startedAtMs).getUTCDay() === day).length;
    expect(onDay(2)).toBeGreaterThan(3 * onDay(6));
    // A thousand and two hundred on a working day.
    expect(Math.abs(onDay(2) - 1_200)).toBeLessThan(60);
  });

  it('mostly end well, soon, and with a long tail', () => {
    const share = (status: string) => runs.filter((run) => run.status === status).length / runs.length;
    expect(share('completed')).toBeGreaterThan(0.85);
    expect(share('failed')).toBeGreaterThan(0.03);
    expect(share('timeout')).toBeGreaterThan(0.005);
    const durations = runs.flatMap(({ durationSeconds }) => durationSeconds ?? []).sort((a, b) => a - b);
    const at = (part: number) => durations[Math.floor(part * durations.length)] ?? Number.NaN;
    expect(at(0.5)).toBeGreaterThan(20);
    expect(at(0.5)).toBeLessThan(50);
    expect(at(0.99)).toBeGreaterThan(5 * at(0.5));
  });

  it('say when they ended if they did, and why they failed if they did', () => {
    for (const run of runs) {
      const hasEnded = run.status !== 'running' && run.status !== 'awaiting_approval';
      expect(run.completedAtMs !== null && run.durationSeconds !== null).toBe(hasEnded);
      expect(run.errorType !== null).toBe(run.status === 'failed' || run.status === 'timeout');
      if (run.completedAtMs !== null) expect(run.completedAtMs).toBeLessThanOrEqual(PLAN.untilMs);
    }
  });
});
