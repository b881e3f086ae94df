/**
 * Reports over a table of so many runs on a PostgreSQL server, beside a bare count of the runs of the same day by the index, in turns.
 * Prints milliseconds. Makes a database of its own, and drops it.
 */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { finish, programArguments } from '../lib/child.mjs';
import { SOTTO } from '../lib/figure.mjs';
import { measureRounds } from '../lib/rounds.mjs';

const [{ database: databaseModule, serverUrl, runs, rounds }] = programArguments();
const { openDatabase } = await import(databaseModule);

const DAYS = 30;
const FIRST_DAY = '2026-01-01T00:00:00Z';
const DATE = '2026-01-20';
/** Shortly before the end of the next day, of which a heartbeat counts nearly all. */
const NOW_MS = Date.parse('2026-01-21T23:59:00Z');
const RULES = { enabledByDefault: true, minGroup: 5 };

/**
 * 200 organisations with 12 teams each, one of ten off; most have answered more than once, some of them also on the days that are
 * measured. As many runs on every day, each one some 400 bytes long.
 */
const FILL = `
  SET synchronous_commit = off;
  INSERT INTO org_nodes SELECT 'org-' || n, 'org-' || n, 'org' FROM generate_series(1, 200) n;
  INSERT INTO org_nodes SELECT 'org-' || n, 'team-' || t, 'team' FROM generate_series(1, 200) n, generate_series(1, 12) t;
  INSERT INTO org_settings (org_id, telemetry_enabled) SELECT 'org-' || n, n % 10 <> 0 FROM generate_series(1, 190) n;
  UPDATE org_telemetry_intervals SET valid_from = '2025-12-31';
  INSERT INTO org_telemetry_intervals
    SELECT 'org-' || o, k % 2 = 0, timestamptz '2025-01-01' + k * interval '3 days',
           timestamptz '2025-01-01' + (k + 1) * interval '3 days'
    FROM generate_series(1, 200) o, generate_series(0, 99) k;
  INSERT INTO org_telemetry_intervals
    SELECT 'org-' || o, false, timestamptz '2026-01-01' + k * interval '5 hours',
           timestamptz '2026-01-01' + k * interval '5 hours' + interval '20 minutes'
    FROM generate_series(1, 50) o, generate_series(0, 140) k;
  INSERT INTO agent_runs (id, org_id, team_node_id, correlation_id, trigger_source, trigger_actor, trigger_message, agent_name,
                          started_at, completed_at, status, tool_calls_count, output_summary, error_message, error_type,
                          duration_seconds)
  SELECT 'run-' || n, 'org-' || 1 + n * 7919 % 200, CASE WHEN n % 20 <> 0 THEN 'team-' || 1 + n * 31 % 12 END, md5(n::text),
         (ARRAY['slack', 'slack', 'api', 'webhook', 'manual', 'scheduled', 'github', 'pagerduty', 'own'])[1 + n % 9],
         'somebody', repeat('m', (40 + n % 120)::integer),
         (ARRAY['planner', 'planner', 'k8s', 'investigation', 'aws', 'coding', 'own'])[1 + n % 7],
         started_at, started_at + interval '40 seconds',
         CASE WHEN n % 100 < 90 THEN 'completed' WHEN n % 100 < 96 THEN 'failed' WHEN n % 100 < 98 THEN 'timeout' ELSE 'running' END,
         (n % 23)::integer, repeat('s', (30 + n % 80)::integer), CASE WHEN n % 100 BETWEEN 90 AND 97 THEN 'connect ECONNREFUSED' END,
         CASE WHEN n % 100 BETWEEN 90 AND 95 THEN (ARRAY['tool_error', 'model_error', 'network', 'own'])[1 + n % 4] END,
         exp(3.5 + (n * 104729 % 1000 / 1000.0 - 0.5) * 3)
  FROM (
    SELECT n, timestamptz '${FIRST_DAY}' + n * (interval '${DAYS} days' / ${runs}) AS started_at
    FROM generate_series(0::bigint, ${runs - 1}) n
  ) numbered`;

/** The index alone tells of a run only what has been cleaned up after. */
const TABLES = ['agent_runs', 'org_nodes', 'org_settings', 'org_telemetry_intervals'];

const name = `sotto_bench_${randomBytes(6).toString('hex')}`;
const url = new URL(serverUrl);
url.pathname = `/${name}`;

const client = await connect(serverUrl);
await client.query(`CREATE DATABASE ${name}`);
let result;
try {
  result = await measureAll();
} finally {
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await client.end();
}
finish(result);

/** A connection of its own: a server notes what it did at the latest when its connection ends. */
async function fill() {
  const filling = await connect(url.href);
  // Sorted at once it takes a third of the time.
  const { rows } = await filling.query(
    `SELECT indexdef FROM pg_indexes WHERE indexname = 'agent_runs_reported'`,
  );
  await filling.query('DROP INDEX agent_runs_reported');
  await filling.query(FILL);
  await filling.query(rows[0].indexdef);
  for (const table of TABLES) await filling.query(`VACUUM ANALYZE ${table}`);
  await filling.end();
}

async function measureAll() {
  await (await openDatabase({ url: url.href, areas: ['product'] })).close();
  await fill();
  const scansBefore = await tableScans();
  const plain = await connect(url.href);
  const { reports, close } = await openDatabase({ url: url.href, areas: ['product'], readOnly: true });
  const count = () =>
    time(() =>
      plain.query(
        `SELECT count(*) FROM agent_runs WHERE started_at >= timestamptz '${DATE}T00:00:00Z' AND started_at < timestamptz '${DATE}T24:00:00Z'`,
      ),
    );
  const beside = async (build) => {
    const sides = { [SOTTO]: () => time(build), 'a bare count': count };
    await measureRounds(1, sides);
    return measureRounds(rounds, sides);
  };
  const measured = {
    heartbeat: await beside(() => reports.buildHeartbeat({ ...RULES, nowMs: NOW_MS })),
    daily: await beside(() => reports.buildDaily({ ...RULES, dateUtc: DATE })),
    next: await beside(() => reports.buildNext({ ...RULES, nowMs: NOW_MS })),
  };
  await close();
  await plain.end();
  if ((await tableScans()) !== scansBefore) throw new Error('The whole table was read, and not the index.');
  return measured;
}

async function tableScans() {
  const own = await connect(url.href);
  const { rows } = await own.query(`SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'agent_runs'`);
  await own.end();
  return rows[0].seq_scan;
}

async function time(step) {
  const startedMs = performance.now();
  await step();
  return performance.now() - startedMs;
}

async function connect(connectionString) {
  const connected = new pg.Client({ connectionString });
  await connected.connect();
  return connected;
}
