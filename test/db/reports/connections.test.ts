import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectPostgres } from '../../../src/server/db/connect-postgres.js';
import { openDatabase } from '../../../src/server/db/index.js';
import { createReportRepository } from '../../../src/server/db/reports/index.js';
import { createPostgres, type TestPostgres } from '../../support/postgres.js';
import { openReportsDatabase, type ReportsDatabase } from './databases.js';
import { addThreeOrgs, DATE } from './three-orgs.js';

const RULES = { enabledByDefault: true, minGroup: 3 };

describe('a connection that only reads', () => {
  let database: ReportsDatabase;
  let url: string;
  beforeAll(async () => {
    database = await openReportsDatabase('postgresql');
    await addThreeOrgs(database);
    url = String(database.postgres?.url);
  });
  afterAll(() => database.close());

  it('makes every report, and lets one start', async () => {
    await using reader = await openDatabase({ url, readOnly: true, areas: ['product'] });
    const daily = await reader.reports.buildDaily({ ...RULES, dateUtc: DATE });
    expect(daily).toEqual(await database.reports.buildDaily({ ...RULES, dateUtc: DATE }));
    expect(await reader.reports.startWhileDecided(daily.decisions, () => {})).toBe(true);
  });

  it('writes nothing, though its role may, and however it is asked', async () => {
    await using reader = await openDatabase({ url, readOnly: true, areas: ['product'] });
    // 25006: a transaction that only reads.
    const refused = { message: expect.stringContaining('25006') };
    await expect(reader.orgs.register('late')).rejects.toMatchObject(refused);
    await expect(reader.orgs.stopAll('operator')).rejects.toMatchObject(refused);
    const change = { orgId: 'acme', telemetryEnabled: false, actor: 'team' };
    await expect(reader.orgs.change(change)).rejects.toMatchObject(refused);
    const connection = await connectPostgres(url, { readOnly: true });
    const write = connection.run((queries) => queries.execute(sql`INSERT INTO agent_runs (id) VALUES ('a')`));
    await expect(write).rejects.toMatchObject(refused);
    const load = connection.load({
      prepare: 'SELECT 1',
      target: 'agent_runs (id)',
      text: 'a\n',
      finish: 'SELECT 1',
    });
    await expect(load).rejects.toMatchObject(refused);
    await connection.close();
  });

  it('still brings the tables to the form that this program knows', async () => {
    await using postgres = await createPostgres();
    await using reader = await openDatabase({ url: postgres.url, readOnly: true });
    expect(await reader.orgs.list()).toEqual([]);
  });
});

describe('a report that takes too long', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await createPostgres();
    // Runs that come from elsewhere, and slowly: as many as there are seconds to wait.
    await postgres.query(`
      CREATE TABLE kept_runs (org_id text, started_at timestamptz);
      INSERT INTO kept_runs SELECT 'acme', '2026-01-10T10:00:00Z' FROM generate_series(1, 30);
      CREATE FUNCTION slowly(text) RETURNS text LANGUAGE sql VOLATILE AS 'SELECT $1 FROM pg_sleep(1)';
      CREATE VIEW agent_runs AS
        SELECT org_id, slowly(NULL) AS team_node_id, started_at, 'completed'::text AS status, 1::float8 AS duration_seconds,
               1 AS tool_calls_count, NULL::text AS trigger_source, NULL::text AS agent_name, NULL::text AS error_type
        FROM kept_runs`);
  });
  afterAll(() => postgres.drop());

  it('is given up by the server in the time that a statement may take', async () => {
    await using database = await openDatabase({
      url: postgres.url,
      readOnly: true,
      areas: ['product'],
      statementTimeoutMs: 300,
    });
    const startedMs = performance.now();
    const building = database.reports.buildDaily({ ...RULES, dateUtc: DATE });
    await expect(building).rejects.toMatchObject({
      name: 'RepositoryError',
      code: 'DATABASE_UNAVAILABLE',
    });
    // Before this side would give up by itself, and long before the runs are read.
    expect(performance.now() - startedMs).toBeLessThan(1_200);
    await expect
      .poll(() =>
        postgres.query(`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active'
                        AND pid <> pg_backend_pid()`),
      )
      .toEqual([]);
    await database.ping();
  });
});

describe('a server that follows another one', () => {
  it('is refused by who needs the answers of the moment, and lets no report start', async () => {
    await using postgres = await createPostgres();
    await (await openDatabase({ url: postgres.url })).close();
    // As such a server answers; a name without a schema is looked for there first.
    await postgres.query(`
      CREATE SCHEMA following;
      CREATE FUNCTION following.pg_is_in_recovery() RETURNS boolean LANGUAGE sql AS 'SELECT true'`);
    const { pathname } = new URL(postgres.url);
    await postgres.query(
      `ALTER DATABASE ${pathname.slice(1)} SET search_path = following, pg_catalog, public`,
    );
    const refused = {
      name: 'RepositoryError',
      code: 'DATABASE_FAILED',
      message: expect.stringContaining('read replica'),
    };
    await expect(openDatabase({ url: postgres.url, primaryOnly: true })).rejects.toMatchObject(refused);
    await (await openDatabase({ url: postgres.url })).close();
    const connection = await connectPostgres(postgres.url);
    const reports = createReportRepository(connection);
    const starts: number[] = [];
    const starting = reports.startWhileDecided(await reports.readDecisions(), () => starts.push(1));
    await expect(starting).rejects.toMatchObject(refused);
    expect(starts).toHaveLength(0);
    await connection.close();
  });
});
