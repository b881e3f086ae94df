import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NextReportsSchema } from '../../../src/server/wire/reports/index.js';
import { DATABASE_KINDS } from '../../support/databases.js';
import { EMPTY_DAY } from '../../support/reports.js';
import { openReportsDatabase, type ReportsDatabase } from './databases.js';
import { CLOCK_CHANGES, DAILY, DAILY_OF_THOSE_WHO_SAID_YES, HEARTBEAT } from './expected-reports.js';
import { addNodes, addRuns, addThreeOrgs, answer, DATE, NOW_MS, type Run } from './three-orgs.js';

const ON = { enabledByDefault: true, minGroup: 3 };
const OFF = { enabledByDefault: false, minGroup: 3 };
const ZONES = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland'];

describe.each(DATABASE_KINDS)('reports of %s', (kind) => {
  let database: ReportsDatabase;
  beforeAll(async () => {
    database = await openReportsDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(() => database.clear());

  const daily = async (rules: { enabledByDefault: boolean; minGroup: number } = ON, dateUtc = DATE) =>
    (await database.reports.buildDaily({ ...rules, dateUtc })).payload;
  const heartbeat = async (rules = ON, nowMs = NOW_MS) =>
    (await database.reports.buildHeartbeat({ ...rules, nowMs })).payload;
  const runsOn = async (dateUtc: string, rules = ON) => (await daily(rules, dateUtc))?.analytics.total_runs;

  describe('of three organisations', () => {
    beforeEach(() => addThreeOrgs(database));

    it.each(ZONES)('are the same bytes in a session of %s', async (zone) => {
      await database.inZone(zone, async (reports) => {
        expect(JSON.stringify((await reports.buildHeartbeat({ ...ON, nowMs: NOW_MS })).payload)).toBe(
          HEARTBEAT,
        );
        expect(JSON.stringify((await reports.buildDaily({ ...ON, dateUtc: DATE })).payload)).toBe(DAILY);
      });
    });

    it('leave out an organisation without an answer when the default is off', async () => {
      expect((await heartbeat(OFF))?.metrics).toEqual({
        runs_today: 7,
        runs_last_hour: 2,
        successful_runs_today: 2,
        failed_runs_today: 2,
        avg_duration_seconds: 165,
        total_teams: 3,
        active_teams_today: 2,
      });
      expect(JSON.stringify(await daily(OFF))).toBe(DAILY_OF_THOSE_WHO_SAID_YES);
    });

    it.each([1, 2, 3, 4, 5, 8, 12])('add up when groups have at least %i runs', async (minGroup) => {
      const { analytics } = (await daily({ ...ON, minGroup })) ?? {};
      const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
      expect(sum(Object.values(analytics?.runs_by_trigger ?? {}))).toBe(analytics?.total_runs);
      expect(sum(Object.values(analytics?.runs_by_agent ?? {}))).toBe(analytics?.total_runs);
      expect(sum((analytics?.top_errors ?? []).map(({ count }) => count))).toBe(analytics?.failed_runs);
    });

    it('count every run in the total, and those that have not ended in no outcome', async () => {
      const outcomes = async () => {
        const { total_runs, successful_runs, failed_runs, timeout_runs } = (await daily())?.analytics ?? {};
        return [total_runs, successful_runs, failed_runs, timeout_runs];
      };
      // One is running, and one waits for somebody.
      expect(await outcomes()).toEqual([11, 4, 4, 1]);
      await database.query(`UPDATE agent_runs SET status = 'completed' WHERE status = 'running'`);
      expect(await outcomes()).toEqual([11, 5, 4, 1]);
      await database.query(`UPDATE agent_runs SET status = 'of a later version' WHERE status = 'failed'`);
      expect(await outcomes()).toEqual([11, 5, 0, 1]);
    });

    it('count teams of one name in two organisations as two, and runs of no team as none', async () => {
      await database.query(`DELETE FROM agent_runs WHERE team_node_id IS DISTINCT FROM 'platform'`);
      expect((await daily())?.analytics).toMatchObject({ active_teams: 2 });
      expect((await heartbeat())?.metrics).toMatchObject({ active_teams_today: 2 });
      await database.query('UPDATE agent_runs SET team_node_id = NULL');
      expect((await daily())?.analytics).toMatchObject({ active_teams: 0, total_teams: 4 });
      expect((await heartbeat())?.metrics).toMatchObject({ active_teams_today: 0, total_teams: 4 });
    });

    it('tell nothing of an organisation that is off, in any number or label', async () => {
      const before = [await heartbeat({ ...ON, minGroup: 1 }), await daily({ ...ON, minGroup: 1 })];
      expect(JSON.stringify(before)).not.toMatch(/network|"api"|"aws"/);
      await database.query(`DELETE FROM agent_runs WHERE org_id = 'globex'`);
      await database.query(`DELETE FROM org_nodes WHERE org_id = 'globex'`);
      expect([await heartbeat({ ...ON, minGroup: 1 }), await daily({ ...ON, minGroup: 1 })]).toEqual(before);
    });

    it('tell no name that a customer gave, and no text', async () => {
      await database.query(
        `UPDATE agent_runs SET error_message = 'Bearer sk-live-canary at db.internal', trigger_message = 'Dear Bob'`,
      );
      const sent = JSON.stringify([
        await heartbeat({ ...ON, minGroup: 1 }),
        await daily({ ...ON, minGroup: 1 }),
        await database.reports.buildNext({ ...ON, minGroup: 1, nowMs: NOW_MS + 24 * 60 * 60 * 1000 }),
      ]);
      expect(sent).not.toMatch(
        /acme|payroll|bob|x\.y|canary|db\.internal|ECONNREFUSED|platform|globex|initech/i,
      );
    });

    it('name every label when groups of one may be named', async () => {
      const { runs_by_trigger, runs_by_agent, top_errors } =
        (await daily({ ...ON, minGroup: 1 }))?.analytics ?? {};
      expect(runs_by_trigger).toEqual({ slack: 7, other: 2, manual: 1, webhook: 1 });
      expect(runs_by_agent).toEqual({ planner: 6, k8s: 3, investigation: 1, other: 1 });
      expect(top_errors).toEqual([
        { error_type: 'tool_error', count: 3 },
        { error_type: 'other', count: 1 },
      ]);
    });

    it('count everything rare as other when groups have to be large', async () => {
      const { runs_by_trigger, runs_by_agent, top_errors } =
        (await daily({ ...ON, minGroup: 100 }))?.analytics ?? {};
      expect(runs_by_trigger).toEqual({ other: 11 });
      expect(runs_by_agent).toEqual({ other: 11 });
      expect(top_errors).toEqual([{ error_type: 'other', count: 4 }]);
    });

    it('do not hold an organisation any more once it is off', async () => {
      await database.query(`UPDATE org_settings SET telemetry_enabled = false WHERE org_id = 'acme'`);
      expect(await daily()).toMatchObject({
        analytics: { total_runs: 3, total_teams: 1, active_teams: 1, runs_by_agent: { planner: 3 } },
      });
      expect((await heartbeat())?.metrics).toMatchObject({
        runs_today: 2,
        total_teams: 1,
        active_teams_today: 1,
      });
    });

    it('are not made when every organisation is off', async () => {
      await database.query(
        `INSERT INTO org_settings (org_id, telemetry_enabled) VALUES ('acme', false), ('initech', false)
         ON CONFLICT (org_id) DO UPDATE SET telemetry_enabled = false`,
      );
      expect(await heartbeat()).toBeUndefined();
      expect(await daily()).toBeUndefined();
      expect(await database.reports.buildNext({ ...ON, nowMs: NOW_MS })).toMatchObject({
        sends: false,
        reason: 'nobody_counted',
        reports: [{ payload: null }, { payload: null }],
      });
    });

    it('are not made while the operator has stopped telemetry', async () => {
      await database.query(`INSERT INTO telemetry_stops (stopped_by) VALUES ('operator')`);
      expect(await heartbeat()).toBeUndefined();
      expect(await daily()).toBeUndefined();
      expect(await database.reports.buildNext({ ...ON, nowMs: NOW_MS })).toMatchObject({
        sends: false,
        reason: 'stopped',
        reports: [{ payload: null }, { payload: null }],
      });
    });

    it('are shown before they are sent, as they would be sent', async () => {
      const tomorrowMs = NOW_MS + 24 * 60 * 60 * 1000;
      const next = await database.reports.buildNext({ ...ON, nowMs: tomorrowMs });
      expect(NextReportsSchema.parse(next)).toEqual(next);
      expect(next).toEqual({
        as_of: '2026-01-11T19:05:21.133Z',
        sends: true,
        reason: 'counted',
        reports: [
          {
            kind: 'heartbeat',
            period_start: '2026-01-11T00:00:00.000Z',
            period_end: '2026-01-11T19:05:21.133Z',
            payload: await heartbeat(ON, tomorrowMs),
          },
          {
            kind: 'daily',
            period_start: '2026-01-10T00:00:00.000Z',
            period_end: '2026-01-11T00:00:00.000Z',
            payload: JSON.parse(DAILY),
          },
        ],
      });
    });
  });

  describe('of little', () => {
    it('are zeros, nulls and nothing, when no table has a row', async () => {
      expect(JSON.stringify((await daily())?.analytics)).toBe(JSON.stringify(EMPTY_DAY));
      expect((await heartbeat())?.metrics).toEqual({
        runs_today: 0,
        runs_last_hour: 0,
        successful_runs_today: 0,
        failed_runs_today: 0,
        avg_duration_seconds: null,
        total_teams: 0,
        active_teams_today: 0,
      });
    });

    it('are not made of empty tables when the default is off', async () => {
      expect(await daily(OFF)).toBeUndefined();
      expect(await heartbeat(OFF)).toBeUndefined();
    });

    it('are zeros for an organisation that has no run', async () => {
      await answer(database, 'acme', true, '2025-06-01T00:00:00Z');
      expect((await daily(OFF))?.analytics).toEqual(EMPTY_DAY);
    });

    it('count an organisation that only its runs tell of', async () => {
      await answer(database, 'globex', false, '2025-06-01T00:00:00Z');
      await addRuns(database, [{ org_id: 'acme', started_at: '2026-01-10T10:00:00Z', status: 'completed' }]);
      expect(await runsOn(DATE)).toBe(1);
      expect(await daily(OFF)).toBeUndefined();
    });

    it('tell no average and no percentile of fewer runs than a group may have', async () => {
      const run = { org_id: 'acme', started_at: '2026-01-10T10:00:00Z', status: 'completed' };
      const ended = { ...run, duration_seconds: 12.3, tool_calls_count: 4 };
      // Runs that have not ended, or do not say, are not of those that are averaged.
      await addRuns(database, [ended, ended, run, run]);
      expect((await daily())?.analytics).toMatchObject({
        total_runs: 4,
        avg_duration_seconds: null,
        p50_duration_seconds: null,
        p95_duration_seconds: null,
        p99_duration_seconds: null,
        avg_tool_calls: null,
      });
      expect((await heartbeat())?.metrics).toMatchObject({ runs_today: 4, avg_duration_seconds: null });
      await addRuns(database, [ended]);
      expect((await daily())?.analytics).toMatchObject({
        avg_duration_seconds: 12.3,
        p50_duration_seconds: 12.3,
        p99_duration_seconds: 12.3,
        avg_tool_calls: 4,
      });
      expect((await heartbeat())?.metrics.avg_duration_seconds).toBe(12.3);
    });

    it('have the duration of the only run at every percentile, when groups of one may be told of', async () => {
      await addRuns(database, [
        { org_id: 'acme', started_at: '2026-01-10T10:00:00Z', status: 'completed', duration_seconds: 12.3 },
      ]);
      expect((await daily({ ...ON, minGroup: 1 }))?.analytics).toMatchObject({
        avg_duration_seconds: 12.3,
        p50_duration_seconds: 12.3,
        p95_duration_seconds: 12.3,
        p99_duration_seconds: 12.3,
      });
    });

    it('have the percentiles 50.5, 95.05 and 99.01 of 1 to 100, to one decimal', async () => {
      const runs = Array.from(
        { length: 100 },
        (_, index): Run => ({
          org_id: 'acme',
          started_at: '2026-01-10T10:00:00Z',
          status: 'completed',
          duration_seconds: index + 1,
        }),
      );
      await addRuns(database, runs);
      expect((await daily())?.analytics).toMatchObject({
        avg_duration_seconds: 50.5,
        p50_duration_seconds: 50.5,
        p95_duration_seconds: 95.1,
        p99_duration_seconds: 99,
      });
    });

    it('leave durations and numbers of tools out that cannot be meant', async () => {
      const run = { org_id: 'acme', started_at: '2026-01-10T10:00:00Z', status: 'completed' };
      await addRuns(database, [
        { ...run, duration_seconds: 4, tool_calls_count: 2 },
        { ...run, duration_seconds: 'NaN', tool_calls_count: -5 },
        { ...run, duration_seconds: 'Infinity', tool_calls_count: 2_000_000_000 },
        { ...run, duration_seconds: -18_000 },
      ]);
      expect((await daily({ ...ON, minGroup: 1 }))?.analytics).toMatchObject({
        total_runs: 4,
        avg_duration_seconds: 4,
        p99_duration_seconds: 4,
        avg_tool_calls: 2,
      });
      expect((await heartbeat({ ...ON, minGroup: 1 }))?.metrics.avg_duration_seconds).toBe(4);
    });
  });

  describe('of a day', () => {
    const completedAt = (started_at: string): Run => ({ org_id: 'acme', started_at, status: 'completed' });

    it('count midnight to the day that begins', async () => {
      await addRuns(database, [
        completedAt('2026-01-09T23:59:59.999Z'),
        completedAt('2026-01-10T00:00:00.000Z'),
      ]);
      expect(await runsOn('2026-01-09')).toBe(1);
      expect(await runsOn('2026-01-10')).toBe(1);
    });

    it.each(CLOCK_CHANGES)('have 24 hours where %s changes its clocks on %s', async (zone, dateUtc) => {
      const midnightMs = Date.parse(`${dateUtc}T00:00:00Z`);
      const halfHours = Array.from(
        { length: 5 * 48 },
        (_, index) => midnightMs + (index - 96) * 30 * 60 * 1000,
      );
      await addRuns(
        database,
        halfHours.map((timeMs) => completedAt(new Date(timeMs).toISOString())),
      );
      await database.inZone(zone, async (reports) => {
        expect((await reports.buildDaily({ ...ON, dateUtc })).payload?.analytics.total_runs).toBe(48);
        const lastMs = midnightMs + 24 * 60 * 60 * 1000 - 1;
        expect((await reports.buildHeartbeat({ ...ON, nowMs: lastMs })).payload?.metrics).toMatchObject({
          runs_today: 48,
          runs_last_hour: 2,
        });
      });
    });

    it('count the last hour across midnight', async () => {
      await addRuns(database, [completedAt('2026-01-09T23:30:00Z'), completedAt('2026-01-10T00:05:00Z')]);
      const { metrics } = (await heartbeat(ON, Date.parse('2026-01-10T00:10:00Z'))) ?? {};
      expect(metrics).toMatchObject({ runs_today: 1, runs_last_hour: 2, successful_runs_today: 1 });
    });

    it('are refused for a day that is none', async () => {
      await expect(daily(ON, '2026-02-30')).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    });

    it('are refused for groups of none', async () => {
      await expect(daily({ ...ON, minGroup: 0 })).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    });
  });

  describe('of answers that change', () => {
    beforeEach(() => addNodes(database, 'acme', ['platform']));
    const runAt = (started_at: string) =>
      addRuns(database, [{ org_id: 'acme', team_node_id: 'platform', started_at, status: 'completed' }]);

    it('hold nothing of the day before when the yes came at 01:59', async () => {
      await answer(database, 'acme', false, '2026-01-01T00:00:00Z');
      await answer(database, 'acme', true, '2026-01-11T01:59:00Z');
      await runAt('2026-01-10T12:00:00Z');
      await runAt('2026-01-11T01:58:59.999Z');
      await runAt('2026-01-11T01:59:00.000Z');
      expect(await runsOn('2026-01-10')).toBe(0);
      expect(await runsOn('2026-01-11')).toBe(1);
      expect((await heartbeat(ON, Date.parse('2026-01-11T02:00:00Z')))?.metrics).toMatchObject({
        runs_today: 1,
        runs_last_hour: 1,
        active_teams_today: 1,
      });
    });

    it('hold nothing from before the first yes when the default is off', async () => {
      await answer(database, 'acme', true, '2026-01-10T12:00:00Z');
      await runAt('2026-01-10T11:00:00Z');
      await runAt('2026-01-10T13:00:00Z');
      expect(await runsOn(DATE, OFF)).toBe(1);
      expect(await runsOn(DATE, ON)).toBe(2);
    });

    it('hold nothing of the morning once the no came at ten', async () => {
      await answer(database, 'acme', true, '2026-01-01T00:00:00Z');
      await runAt('2026-01-10T09:00:00Z');
      await answer(database, 'acme', false, '2026-01-10T10:00:00Z');
      expect(await daily()).toBeUndefined();
    });

    it('hold the times of yes alone after a no and another yes', async () => {
      await answer(database, 'acme', true, '2026-01-01T00:00:00Z');
      await answer(database, 'acme', false, '2026-01-10T10:00:00Z');
      await answer(database, 'acme', true, '2026-01-10T14:00:00Z');
      for (const hour of ['09', '11', '13', '15']) await runAt(`2026-01-10T${hour}:00:00Z`);
      expect(await runsOn(DATE)).toBe(2);
      expect(await runsOn(DATE, OFF)).toBe(2);
    });

    it('follow the default again when the answer is taken away', async () => {
      await answer(database, 'acme', false, '2026-01-01T00:00:00Z');
      await database.query(`DELETE FROM org_settings WHERE org_id = 'acme'`);
      await database.query(`UPDATE org_telemetry_intervals SET valid_until = '2026-01-10T12:00:00Z'`);
      await runAt('2026-01-10T11:00:00Z');
      await runAt('2026-01-10T13:00:00Z');
      expect(await runsOn(DATE, ON)).toBe(1);
      expect(await daily(OFF)).toBeUndefined();
    });

    it('hold nothing of the time of a stop that was lifted', async () => {
      await database.query(
        `INSERT INTO telemetry_stops (stopped_at, stopped_by, resumed_at, resumed_by)
         VALUES ('2026-01-10T10:00:00Z', 'operator', '2026-01-10T14:00:00Z', 'operator')`,
      );
      for (const time of ['09:59:59.999', '10:00:00', '13:59:59.999', '14:00:00'])
        await runAt(`2026-01-10T${time}Z`);
      expect(await runsOn(DATE)).toBe(2);
    });
  });

  describe('of runs that are full of secrets', () => {
    /** A value of its own for every column that can hold text, in rows that are counted under every label. */
    async function plant(): Promise<readonly string[]> {
      const columns = await database.query(
        `SELECT column_name AS name, data_type AS type FROM information_schema.columns
         WHERE table_name = 'agent_runs' AND data_type IN ('text', 'jsonb', 'character varying')`,
      );
      const canaries = columns.map(({ name }) => `canary-${name}`);
      const values = columns.map(({ type }, index) =>
        type === 'jsonb'
          ? `'{"${canaries[index]}": "${canaries[index]}"}'`
          : `'${canaries[index]}' || number`,
      );
      await database.query(
        `INSERT INTO agent_runs (${columns.map(({ name }) => name).join(', ')}, started_at, duration_seconds)
         SELECT ${values.join(', ')}, '2026-01-10T18:30:00Z', 3
         FROM generate_series(1, 20) AS number`,
      );
      await database.query(
        `UPDATE agent_runs SET org_id = 'canary-org_id', team_node_id = 'canary-team_node_id'`,
      );
      return canaries;
    }

    it.each(['canary_status', 'failed', 'timeout'])(
      'tell none of them when their status is %s',
      async (status) => {
        const canaries = await plant();
        await addNodes(database, 'canary-org_id', ['canary-team_node_id']);
        await answer(database, 'canary-org_id', true, '2026-01-01T00:00:00Z');
        await database.query(`UPDATE agent_runs SET status = '${status}'`);
        await database.query(`UPDATE org_nodes SET node_id = 'canary-node' WHERE node_type = 'org'`);

        const nextMs = NOW_MS + 24 * 60 * 60 * 1000;
        const sent = [
          await heartbeat(),
          await daily(),
          await daily({ ...ON, minGroup: 1 }),
          await database.reports.buildNext({ ...ON, nowMs: nextMs }),
        ];
        expect(sent[2]).toMatchObject({
          analytics: {
            total_runs: 20,
            active_teams: 1,
            runs_by_trigger: { other: 20 },
            runs_by_agent: { other: 20 },
          },
        });
        expect(canaries.length).toBeGreaterThan(12);
        expect(JSON.stringify(sent)).not.toMatch(/canary/i);
      },
    );
  });
});
