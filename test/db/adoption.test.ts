import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectPglite } from '../../src/server/db/connect-pglite.js';
import { connectPostgres } from '../../src/server/db/connect-postgres.js';
import type { Database } from '../../src/server/db/index.js';
import { migrate } from '../../src/server/db/migrate.js';
import { toDatabase } from '../../src/server/db/open-database.js';
import { createOrgsApp } from '../../src/server/orgs/index.js';
import { DATABASE_KINDS, type DatabaseKind } from '../support/databases.js';
import { createPostgres } from '../support/postgres.js';

const NODES = `
  CREATE TABLE org_nodes (
    org_id varchar(64) NOT NULL, node_id varchar(128) NOT NULL, node_type varchar(32) NOT NULL,
    name varchar(256) NOT NULL, parent_id varchar(128), PRIMARY KEY (org_id, node_id)
  );
  INSERT INTO org_nodes (org_id, node_id, node_type, name) VALUES
    ('extend', 'extend', 'org', 'Extend'), ('extend', 'team_abc123', 'team', 'Team'),
    ('quiet', 'quiet', 'org', 'Quiet'), ('fresh', 'fresh', 'org', 'Fresh');`;

const EXTRA = `
  usage_analytics_enabled boolean NOT NULL DEFAULT true, error_reporting_enabled boolean NOT NULL DEFAULT true,
  feature_flags jsonb NOT NULL DEFAULT '{}'`;

const ANSWERS = `
  INSERT INTO org_settings (org_id, telemetry_enabled, created_at, updated_at, updated_by) VALUES
    ('extend', true, '2026-01-01 00:00:00', '2026-01-11 19:05:21.133463', 'team_abc123'),
    ('quiet', false, NULL, NULL, NULL)`;

/** As a product may have made it that knew nothing of Sotto. The times of the second one have no zone, and are of UTC. */
const SETTINGS = {
  'times with a zone': `
    CREATE TABLE org_settings (
      org_id varchar PRIMARY KEY, telemetry_enabled boolean NOT NULL, ${EXTRA},
      created_at timestamptz, updated_at timestamptz, updated_by varchar
    );
    SET LOCAL TIME ZONE 'UTC'; ${ANSWERS};`,
  'times without a zone': `
    CREATE TABLE org_settings (
      org_id varchar(64) PRIMARY KEY, telemetry_enabled boolean NOT NULL DEFAULT true, ${EXTRA},
      created_at timestamp DEFAULT now(), updated_at timestamp DEFAULT now(), updated_by varchar(128)
    );
    ${ANSWERS};`,
};

const runs = (startedAtType: string, name = 'agent_runs') => `
  CREATE TABLE ${name} (
    id varchar(64) PRIMARY KEY, org_id varchar(64) NOT NULL, team_node_id varchar(128), correlation_id varchar(64),
    trigger_source varchar NOT NULL, trigger_actor varchar(128), trigger_message text, trigger_channel_id varchar(64),
    agent_name varchar NOT NULL, started_at ${startedAtType} NOT NULL, completed_at ${startedAtType},
    status varchar(32) NOT NULL, tool_calls_count integer, output_summary text, output_json jsonb, error_message text,
    confidence integer, duration_seconds float, extra_metadata jsonb
  );
  INSERT INTO ${name} (id, org_id, team_node_id, trigger_source, agent_name, started_at, status, duration_seconds)
  SELECT 'run-' || n, CASE WHEN n > 6 THEN 'quiet' ELSE 'extend' END, 'team_abc123', 'slack', 'planner',
         '2026-01-12 00:00:01', CASE WHEN n = 1 THEN 'failed' ELSE 'completed' END, 10
  FROM generate_series(1, 9) n;`;

const NOW_MS = Date.parse('2026-01-13T08:00:00Z');
const CONFIG = '/api/v1/config/me';

describe.each(DATABASE_KINDS)('a database of %s that a product has', (kind) => {
  it.each([
    ['times with a zone', 'timestamptz'],
    ['times without a zone', 'timestamp'],
  ] as const)(
    'is adopted with its answers and its runs, and %s',
    async (settings, startedAtType) => {
      const { database, query } = await open(
        kind,
        `SET LOCAL TIME ZONE 'UTC'; ${NODES} ${SETTINGS[settings]} ${runs(startedAtType)}`,
      );
      const app = createOrgsApp({
        database,
        enabledByDefault: true,
        minGroup: 5,
        heartbeatIntervalSeconds: 300,
        now: () => NOW_MS,
      });
      const token = await createToken(database, 'extend', 'team_abc123');
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const read = async (path: string) => (await app.request(`${CONFIG}${path}`, { headers })).json();

      expect(await read('/org-settings')).toEqual({
        org_id: 'extend',
        telemetry_enabled: true,
        updated_at: '2026-01-11T19:05:21.133463Z',
        updated_by: 'team_abc123',
      });
      expect(await read('/org-settings/changes')).toEqual({
        changes: [
          {
            changed_at: '2026-01-11T19:05:21.133463Z',
            changed_by: 'team_abc123',
            applies_to: 'org',
            old_value: null,
            new_value: true,
          },
        ],
      });
      expect(await database.orgs.history('quiet', 5)).toMatchObject([
        { changedBy: expect.stringMatching(/^sql:./), newValue: false },
      ]);
      const { reports } = (await read('/reports/next')) as { reports: { payload: { analytics: object } }[] };
      expect(reports[1]?.payload.analytics).toMatchObject({
        total_runs: 6,
        successful_runs: 5,
        avg_duration_seconds: 10,
        total_teams: 1,
        top_errors: [{ error_type: 'other', count: 1 }],
      });

      const put = (value: boolean) =>
        app.request(`${CONFIG}/org-settings`, {
          method: 'PUT',
          headers,
          body: JSON.stringify({ telemetry_enabled: value }),
        });
      expect(await (await put(false)).json()).toMatchObject({
        telemetry_enabled: false,
        updated_by: 'team_abc123',
      });
      expect(await read('/reports/next')).toMatchObject({
        sends: true,
        reports: [{}, { payload: { analytics: { total_runs: 0 } } }],
      });
      expect(
        await query(
          `SELECT telemetry_enabled, valid_until IS NULL AS open FROM org_telemetry_intervals WHERE org_id = 'extend' ORDER BY valid_from`,
        ),
      ).toEqual([
        { telemetry_enabled: true, open: false },
        { telemetry_enabled: false, open: true },
      ]);
      // The first answer of an organisation, in a table whose other columns are not known here.
      const fresh = await createToken(database, 'fresh');
      const first = await app.request(`${CONFIG}/org-settings`, {
        method: 'PUT',
        headers: { ...headers, authorization: `Bearer ${fresh}` },
        body: '{"telemetry_enabled":false}',
      });
      expect({ status: first.status, body: await first.json() }).toMatchObject({
        status: 200,
        body: { org_id: 'fresh' },
      });
    },
    60_000,
  );

  it('keeps a view of its runs as it is', async () => {
    const view = `ALTER TABLE kept_runs ADD COLUMN error_type varchar(64); CREATE VIEW agent_runs AS SELECT * FROM kept_runs;`;
    const { database, query } = await open(
      kind,
      `SET LOCAL TIME ZONE 'UTC'; ${runs('timestamptz', 'kept_runs')} ${view}`,
    );
    const { payload: daily } = await database.reports.buildDaily({
      enabledByDefault: true,
      minGroup: 1,
      dateUtc: '2026-01-12',
    });
    expect(daily?.analytics.total_runs).toBe(9);
    expect(await query(`SELECT relkind FROM pg_class WHERE oid = 'agent_runs'::regclass`)).toEqual([
      { relkind: 'v' },
    ]);
    expect(await query(`SELECT 1 FROM pg_indexes WHERE indexname = 'agent_runs_reported'`)).toEqual([]);
  }, 60_000);
});

describe('a table of answers that a product of PostgreSQL has', () => {
  it('makes whoever writes there wait for a report that is starting', async () => {
    const { connection, query } = await open('postgresql', `${NODES} ${SETTINGS['times with a zone']}`);
    const change = `SET LOCAL lock_timeout = '20ms'; UPDATE org_settings SET telemetry_enabled = false`;
    await connection.transaction(async (queries) => {
      // As a sender does.
      await queries.execute(sql`SELECT pg_advisory_xact_lock(7311003)`);
      // 55P03, which is told so.
      await expect(query(change)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    });
    await query(change);
  });
});

async function createToken(
  database: Database,
  orgId: string,
  teamNodeId: string | null = null,
): Promise<string> {
  return (await database.tokens.create({ orgId, teamNodeId, scope: 'admin' })).text;
}

/** A database that a product has made by a script, opened after it. Sessions of a server are in another time zone. */
async function open(kind: DatabaseKind, script: string) {
  const connection = await (kind === 'pglite' ? connectEmbedded() : connectServer());
  const query = async (text: string) => {
    let rows: readonly Record<string, unknown>[] = [];
    await connection.migrate(async (runScript) => {
      rows = await runScript(text);
    });
    return rows;
  };
  await query(script);
  await migrate(connection, ['product']);
  return { database: toDatabase(connection, Date.now), connection, query };
}

async function connectServer() {
  const postgres = await createPostgres();
  const connection = await connectPostgres(postgres.urlInZone('America/New_York'));
  onTestFinished(async () => {
    await connection.close();
    await postgres.drop();
  });
  return connection;
}

async function connectEmbedded() {
  const directory = await mkdtemp(join(tmpdir(), `sotto-db-${randomUUID()}-`));
  const connection = await connectPglite(directory);
  onTestFinished(async () => {
    await connection.close();
    await rm(directory, { recursive: true, force: true });
  });
  return connection;
}
