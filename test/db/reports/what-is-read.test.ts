import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectPostgres } from '../../../src/server/db/connect-postgres.js';
import { type Connection, rowsOf } from '../../../src/server/db/connection.js';
import { grantStatements, openDatabase } from '../../../src/server/db/index.js';
import { countedRuns } from '../../../src/server/db/reports/counted.js';
import { createReportRepository } from '../../../src/server/db/reports/index.js';
import { inSnapshot } from '../../../src/server/db/reports/snapshot.js';
import { READ_COLUMNS } from '../../../src/server/db/reports/what-is-read.js';
import { REPORT_CATALOGUE, utcDayOf } from '../../../src/server/wire/reports/index.js';
import { openReportsDatabase, type ReportsDatabase } from './databases.js';
import { addThreeOrgs, DATE, NOW_MS } from './three-orgs.js';

const neverRead = REPORT_CATALOGUE.neverCollected.flatMap(({ columns }) => columns);

describe('what reports read', () => {
  let database: ReportsDatabase;
  let reader: Connection;
  let readerUrl: string;
  const role = `sotto_reader_${randomBytes(6).toString('hex')}`;
  beforeAll(async () => {
    database = await openReportsDatabase('postgresql');
    await addThreeOrgs(database);
    await database.query(`CREATE ROLE ${role} LOGIN`);
    for (const statement of grantStatements(role)) await database.query(statement);
    const url = new URL(String(database.postgres?.url));
    url.username = role;
    readerUrl = url.href;
    reader = await connectPostgres(readerUrl);
  });
  afterAll(async () => {
    await reader?.close();
    await database?.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
    await database?.close();
  });

  const columnsOf = (table: string) =>
    database.query(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_name = '${table}'`,
    );

  it('is enough for a role that may read nothing else, and gives it the same reports', async () => {
    const question = { enabledByDefault: true, minGroup: 3, nowMs: NOW_MS, dateUtc: DATE };
    const asReader = createReportRepository(reader);
    expect(await asReader.buildHeartbeat(question)).toEqual(await database.reports.buildHeartbeat(question));
    expect(await asReader.buildDaily(question)).toEqual(await database.reports.buildDaily(question));
    expect(await asReader.buildNext(question)).toEqual(await database.reports.buildNext(question));
    const withoutDefault = { ...question, enabledByDefault: false };
    expect(await asReader.buildDaily(withoutDefault)).toEqual(
      await database.reports.buildDaily(withoutDefault),
    );
  });

  it('is enough to open the database, to look at what was decided, and to keep what was sent', async () => {
    await using opened = await openDatabase({
      url: readerUrl,
      areas: ['product', 'collector'],
      primaryOnly: true,
    });
    const decisions = await opened.reports.readDecisions();
    expect(await opened.reports.startWhileDecided(decisions, () => {})).toBe(true);
    expect(await opened.entitlements.countTeams()).toBe(6);
    await opened.sends.register(NOW_MS);
    expect(await opened.sends.takeLease(randomUUID(), 10_000)).toMatchObject({ fence: 1 });
    expect(await opened.sends.sent(5)).toEqual([]);
  });

  it.each([
    `INSERT INTO agent_runs (id, org_id) VALUES ('a', 'acme')`,
    `UPDATE org_settings SET telemetry_enabled = true`,
    `INSERT INTO org_settings (org_id, telemetry_enabled) VALUES ('acme', true)`,
    'DELETE FROM telemetry_stops',
    'TRUNCATE org_nodes',
    'SELECT * FROM agent_runs',
    'SELECT node_id FROM org_nodes',
    'SELECT org_id FROM org_settings_audit',
    'SELECT org_id FROM org_tokens',
    'SELECT uuid FROM sotto_vendor.ingest_events',
    `INSERT INTO sotto_migrations (name) VALUES ('9999_none')`,
    `DELETE FROM sotto_collector.migrations`,
    'CREATE TABLE sotto_collector.other (id integer)',
    'CREATE TABLE other (id integer)',
  ])('does not let that role %s', async (statement) => {
    const trying = reader.run((queries) => queries.execute(sql.raw(statement)));
    // 42501: it may not.
    await expect(trying).rejects.toMatchObject({ message: expect.stringContaining('42501') });
  });

  it('is granted to a role of any name', async () => {
    const name = `${role}"; DROP TABLE agent_runs; --`;
    const quoted = `"${name.replaceAll('"', '""')}"`;
    await database.query(`CREATE ROLE ${quoted}`);
    try {
      for (const statement of grantStatements(name, ['product'])) await database.query(statement);
      const granted = await database.query(
        `SELECT DISTINCT grantee FROM information_schema.column_privileges WHERE grantee LIKE '${role}"%'`,
      );
      expect(granted).toEqual([{ grantee: name }]);
    } finally {
      await database.query(`DROP OWNED BY ${quoted}; DROP ROLE ${quoted}`);
    }
  });

  it.each(neverRead)('is not %s, which that role may not even look at', async (column) => {
    const [table, name] = column.split('.');
    expect((await columnsOf(String(table))).map((known) => known.name)).toContain(name);
    const reading = reader.run((queries) => queries.execute(sql.raw(`SELECT ${name} FROM ${table}`)));
    await expect(reading).rejects.toMatchObject({
      code: 'DATABASE_FAILED',
      message: expect.stringContaining('42501'),
    });
  });

  it('leaves no column of a run undecided', async () => {
    const decided = [
      ...READ_COLUMNS.agent_runs,
      ...neverRead.flatMap((column) => column.match(/^agent_runs\.(.*)$/)?.[1] ?? []),
    ];
    expect((await columnsOf('agent_runs')).map(({ name }) => name).sort()).toEqual(decided.sort());
  });

  it('is read in a transaction that cannot write', async () => {
    const writing = inSnapshot(reader, (queries) =>
      queries.execute(sql`CREATE TEMP TABLE found (id integer)`),
    );
    // 25006: read-only transaction.
    await expect(writing).rejects.toMatchObject({ message: expect.stringContaining('25006') });
  });

  it('is one moment, though somebody says no in between', async () => {
    const between = await inSnapshot(database.connection, async (queries) => {
      const before = await rowsOf(queries, countedRuns(utcDayOf(DATE), true));
      await database.query(`UPDATE org_settings SET telemetry_enabled = false WHERE org_id = 'acme'`);
      return { before, after: await rowsOf(queries, countedRuns(utcDayOf(DATE), true)) };
    }).finally(() =>
      database.query(`UPDATE org_settings SET telemetry_enabled = true WHERE org_id = 'acme'`),
    );
    expect(between.before).toHaveLength(11);
    expect(between.after).toEqual(between.before);
  });

  it('is the entries of one day in an index, and neither the table nor other days', async () => {
    await database.query(
      `INSERT INTO agent_runs (id, org_id, status, started_at, duration_seconds, trigger_source, agent_name)
       SELECT 'many-' || n, 'acme', 'completed', timestamptz '2025-01-01T00:00:00Z' + n * interval '10 minutes', 1,
              'slack', 'planner'
       FROM generate_series(1, 40000) n`,
    );
    await database.query('VACUUM ANALYZE agent_runs');
    for (const enabledByDefault of [true, false]) {
      const plan = await database.connection.run((queries) =>
        rowsOf<Record<'QUERY PLAN', string>>(
          queries,
          sql`EXPLAIN ${countedRuns(utcDayOf('2025-03-01'), enabledByDefault)}`,
        ),
      );
      const text = plan.map((line) => line['QUERY PLAN']).join('\n');
      expect(text).toMatch(/Index Only Scan using agent_runs_reported on agent_runs/);
      expect(text).toMatch(/Index Cond: \(\(started_at >= .* AND \(started_at < /);
    }
  });
});
