import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { READ_COLUMNS } from '../../../src/server/db/reports/what-is-read.js';
import { openReportsDatabase, type ReportsDatabase } from './databases.js';

const RULES = { enabledByDefault: true, minGroup: 2 };
const DATE = '2026-01-10';

/** Runs that come from a table of the product's own, by a view. */
let database: ReportsDatabase;
beforeAll(async () => {
  database = await openReportsDatabase('postgresql');
  await database.query('ALTER TABLE agent_runs RENAME TO kept_runs');
});
afterAll(() => database.close());
beforeEach(() =>
  database.query(`
    DROP VIEW IF EXISTS agent_runs;
    TRUNCATE kept_runs;
    DELETE FROM org_settings`),
);

const createView = (columns: Readonly<Record<string, string>>) => {
  const list = READ_COLUMNS.agent_runs.map((name) => `${columns[name] ?? name} AS ${name}`);
  return database.query(`CREATE VIEW agent_runs AS SELECT ${list.join(', ')} FROM kept_runs`);
};
const addRuns = (orgId: string, startedAt: string, count: number) =>
  database.query(`
    INSERT INTO kept_runs (id, org_id, started_at, status, duration_seconds, tool_calls_count)
    SELECT '${orgId}-${startedAt}-' || n, '${orgId}', '${startedAt}', 'completed', n, n FROM generate_series(1, ${count}) n`);
const readAnalytics = async () =>
  (await database.reports.buildDaily({ ...RULES, dateUtc: DATE })).payload?.analytics;

it('a run of no organisation is never counted, whatever the default is', async () => {
  await createView({ org_id: "nullif(org_id, 'nobody')" });
  await addRuns('nobody', '2026-01-10T12:00:00Z', 4);
  expect(await readAnalytics()).toMatchObject({ total_runs: 0 });
  await addRuns('acme', '2026-01-10T12:00:00Z', 3);
  expect(await readAnalytics()).toMatchObject({ total_runs: 3 });
  await database.query(`INSERT INTO org_settings (org_id, telemetry_enabled) VALUES ('acme', false)`);
  expect(await readAnalytics()).toBeUndefined();
});

it.each(['1e400', '-1e400', "'NaN'", "'Infinity'"])(
  'a number of %s is in no average, and ends no report',
  async (number) => {
    const column = (name: string) =>
      `CASE WHEN org_id = 'acme' THEN ${number}::numeric ELSE ${name}::numeric END`;
    await createView({
      duration_seconds: column('duration_seconds'),
      tool_calls_count: column('tool_calls_count'),
    });
    await addRuns('acme', '2026-01-10T12:00:00Z', 2);
    await addRuns('globex', '2026-01-10T12:00:00Z', 3);
    expect(await readAnalytics()).toMatchObject({
      total_runs: 5,
      avg_duration_seconds: 2,
      p50_duration_seconds: 2,
      p99_duration_seconds: 3,
      avg_tool_calls: 2,
    });
    const nowMs = Date.parse('2026-01-10T13:00:00Z');
    const { payload } = await database.reports.buildHeartbeat({ ...RULES, nowMs });
    expect(payload?.metrics).toMatchObject({ runs_today: 5, avg_duration_seconds: 2 });
  },
);

it('times without a zone are of UTC, whatever zone a session has', async () => {
  await createView({ started_at: "started_at AT TIME ZONE 'UTC'" });
  await addRuns('acme', '2026-01-10T00:30:00Z', 3);
  await addRuns('acme', '2026-01-10T23:30:00Z', 4);
  for (const timeZone of ['America/New_York', 'Asia/Kolkata'])
    await database.inZone(timeZone, async (reports) => {
      const { payload } = await reports.buildDaily({ ...RULES, dateUtc: DATE });
      expect(payload?.analytics.total_runs).toBe(7);
    });
});
