import type { TestDatabase } from '../../support/databases.js';

/** A run as the product writes it; what is left out is null. */
export interface Run {
  readonly org_id: string;
  readonly started_at: string;
  readonly status: string;
  readonly team_node_id?: string | null;
  readonly trigger_source?: string | null;
  readonly agent_name?: string | null;
  readonly duration_seconds?: number | 'NaN' | 'Infinity' | null;
  readonly tool_calls_count?: number | null;
  readonly error_type?: string | null;
  readonly error_message?: string;
}

let lastRun = 0;

export async function addRuns(database: TestDatabase, runs: readonly Run[]): Promise<void> {
  if (runs.length === 0) return;
  const rows = runs.map((run) => {
    lastRun += 1;
    const values = [
      `run-${lastRun}`,
      run.org_id,
      run.started_at,
      run.status,
      run.team_node_id,
      run.trigger_source,
      run.agent_name,
      run.duration_seconds,
      run.tool_calls_count,
      run.error_type,
      run.error_message,
    ];
    return `(${values.map((value) => (value == null ? 'NULL' : `'${value}'`)).join(', ')})`;
  });
  await database.query(
    `INSERT INTO agent_runs (id, org_id, started_at, status, team_node_id, trigger_source, agent_name, duration_seconds,
       tool_calls_count, error_type, error_message) VALUES ${rows.join(', ')}`,
  );
}

export async function addNodes(
  database: TestDatabase,
  orgId: string,
  teams: readonly string[] = [],
): Promise<void> {
  const nodes = [
    `('${orgId}', '${orgId}', 'org')`,
    ...teams.map((team) => `('${orgId}', '${team}', 'team')`),
  ];
  await database.query(`INSERT INTO org_nodes (org_id, node_id, node_type) VALUES ${nodes.join(', ')}`);
}

/** An answer that was given at a time in the past; before it, there was none. */
export async function answer(
  database: TestDatabase,
  orgId: string,
  telemetryEnabled: boolean,
  validFrom: string,
): Promise<void> {
  await database.query(
    `INSERT INTO org_settings (org_id, telemetry_enabled) VALUES ('${orgId}', ${telemetryEnabled})
     ON CONFLICT (org_id) DO UPDATE SET telemetry_enabled = ${telemetryEnabled}`,
  );
  // The database notes by its own clock, in two steps: the end of one answer, and the start of the next.
  await database.query(
    `UPDATE org_telemetry_intervals SET valid_until = '${validFrom}'
     WHERE org_id = '${orgId}' AND valid_until > now() - interval '1 hour'`,
  );
  await database.query(
    `UPDATE org_telemetry_intervals SET valid_from = '${validFrom}' WHERE org_id = '${orgId}' AND valid_until IS NULL`,
  );
}

export const DATE = '2026-01-10';
/** Late on that day. */
export const NOW_MS = Date.parse('2026-01-10T19:05:21.133Z');

const slackPlanner = { trigger_source: 'slack', agent_name: 'planner' };

/**
 * Three organisations: `acme` is on, `globex` is off, `initech` has given no answer. Two have a team `platform`.
 * Every status, and runs without duration, team, trigger or tools.
 */
export async function addThreeOrgs(database: TestDatabase): Promise<void> {
  await addNodes(database, 'acme', ['platform', 'data', 'idle']);
  await addNodes(database, 'globex', ['platform', 'ops']);
  await addNodes(database, 'initech', ['platform']);
  await answer(database, 'acme', true, '2025-06-01T00:00:00Z');
  await answer(database, 'globex', false, '2025-06-01T00:00:00Z');

  const platform = { org_id: 'acme', team_node_id: 'platform', ...slackPlanner };
  const data = { org_id: 'acme', team_node_id: 'data', agent_name: 'k8s' };
  const initech = { org_id: 'initech', team_node_id: 'platform', ...slackPlanner };
  const globex = { org_id: 'globex', team_node_id: 'ops', trigger_source: 'api', agent_name: 'aws' };
  await addRuns(database, [
    {
      ...platform,
      started_at: '2026-01-10T09:00:00Z',
      status: 'completed',
      duration_seconds: 10,
      tool_calls_count: 4,
    },
    {
      ...platform,
      started_at: '2026-01-10T18:30:00Z',
      status: 'completed',
      duration_seconds: 20,
      tool_calls_count: 6,
    },
    {
      ...platform,
      started_at: '2026-01-10T12:00:00Z',
      status: 'failed',
      duration_seconds: 30,
      error_type: 'tool_error',
    },
    {
      ...data,
      trigger_source: 'webhook',
      started_at: '2026-01-10T12:01:00Z',
      status: 'failed',
      tool_calls_count: 2,
      error_type: 'tool_error',
    },
    {
      ...data,
      trigger_source: 'slack',
      started_at: '2026-01-10T12:02:00Z',
      status: 'timeout',
      duration_seconds: 600,
      tool_calls_count: 10,
      error_type: 'timeout',
    },
    { ...data, started_at: '2026-01-10T13:00:00Z', status: 'awaiting_approval', tool_calls_count: 0 },
    {
      org_id: 'acme',
      trigger_source: 'bob@x.y',
      agent_name: 'acme-payroll-bot',
      started_at: '2026-01-10T19:00:00Z',
      status: 'running',
    },
    {
      ...data,
      trigger_source: 'manual',
      agent_name: 'investigation',
      started_at: '2026-01-10T20:00:00Z',
      status: 'completed',
      duration_seconds: 41,
      tool_calls_count: 8,
    },
    {
      ...initech,
      started_at: '2026-01-10T00:00:00.000Z',
      status: 'failed',
      duration_seconds: 5.5,
      tool_calls_count: 3,
      error_type: 'tool_error',
    },
    {
      ...initech,
      started_at: '2026-01-10T18:05:21.133Z',
      status: 'failed',
      duration_seconds: 1,
      tool_calls_count: 1,
      error_type: 'ECONNREFUSED db.internal',
    },
    {
      ...initech,
      started_at: '2026-01-10T23:59:59.999Z',
      status: 'completed',
      duration_seconds: 7,
      tool_calls_count: 1,
    },
    // The days around.
    {
      ...initech,
      started_at: '2026-01-09T23:59:59.999Z',
      status: 'completed',
      duration_seconds: 999,
      tool_calls_count: 99,
    },
    {
      ...initech,
      started_at: '2026-01-11T00:00:00.000Z',
      status: 'completed',
      duration_seconds: 999,
      tool_calls_count: 99,
    },
    {
      ...globex,
      started_at: '2026-01-10T18:40:00Z',
      status: 'failed',
      duration_seconds: 500,
      error_type: 'network',
    },
    {
      ...globex,
      started_at: '2026-01-10T18:41:00Z',
      status: 'completed',
      duration_seconds: 500,
      tool_calls_count: 70,
    },
  ]);
}
