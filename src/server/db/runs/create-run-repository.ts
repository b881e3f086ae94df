import { sql } from 'drizzle-orm';
import { type Connection, type Queries, rowsOf } from '../connection.js';
import { type AgentRun, checkRuns } from './agent-run.js';
import type { RunRepository } from './run-repository.js';

/** Over a database whose table of runs was made by the migrations. */
export function createRunRepository(connection: Connection): RunRepository {
  return {
    async add(runs) {
      checkRuns(runs);
      const last = new Map(runs.map((run) => [run.id, run]));
      if (last.size === 0) return 0;
      return connection.transaction((queries) => addRuns(queries, [...last.values()]));
    },
  };
}

/** Columns by their types. */
const COLUMNS = {
  id: 'text',
  org_id: 'text',
  team_node_id: 'text',
  correlation_id: 'text',
  trigger_source: 'text',
  trigger_actor: 'text',
  trigger_message: 'text',
  trigger_channel_id: 'text',
  agent_name: 'text',
  started_at: 'timestamptz',
  completed_at: 'timestamptz',
  status: 'text',
  tool_calls_count: 'integer',
  output_summary: 'text',
  output_json: 'jsonb',
  error_message: 'text',
  error_type: 'text',
  confidence: 'double precision',
  duration_seconds: 'double precision',
  extra_metadata: 'jsonb',
} as const;
type Row = Record<keyof typeof COLUMNS, unknown>;

const names = Object.keys(COLUMNS);
const COLUMN_LIST = sql.raw(names.join(', '));
const TYPED_LIST = sql.raw(
  Object.entries(COLUMNS)
    .map(([name, type]) => `${name} ${type}`)
    .join(', '),
);
const REPLACED_LIST = sql.raw(names.map((name) => `${name} = excluded.${name}`).join(', '));

async function addRuns(queries: Queries, runs: readonly AgentRun[]): Promise<number> {
  // One parameter, however many runs: a statement may have 65,535.
  const rows = JSON.stringify(runs.map(toRow));
  const written = await rowsOf<{ readonly is_new: boolean }>(
    queries,
    sql`
      INSERT INTO agent_runs (${COLUMN_LIST})
      SELECT ${COLUMN_LIST} FROM json_to_recordset(${rows}::json) AS run (${TYPED_LIST})
      -- In one order, so that two who keep the same runs do not wait for each other.
      ORDER BY id
      ON CONFLICT (id) DO UPDATE SET ${REPLACED_LIST}
      -- A new row has no transaction that ended it or held it before.
      RETURNING xmax = 0 AS is_new`,
  );
  return written.filter(({ is_new }) => is_new).length;
}

function toRow(run: AgentRun): Row {
  return {
    id: run.id,
    org_id: run.orgId,
    team_node_id: run.teamNodeId,
    correlation_id: run.correlationId,
    trigger_source: run.triggerSource,
    trigger_actor: run.triggerActor,
    trigger_message: run.triggerMessage,
    trigger_channel_id: run.triggerChannelId,
    agent_name: run.agentName,
    started_at: toIso(run.startedAtMs),
    completed_at: toIso(run.completedAtMs),
    status: run.status,
    tool_calls_count: run.toolCallsCount,
    output_summary: run.outputSummary,
    output_json: run.outputJson,
    error_message: run.errorMessage,
    error_type: run.errorType,
    confidence: run.confidence,
    duration_seconds: run.durationSeconds ?? durationOf(run),
    extra_metadata: run.extraMetadata,
  };
}

const toIso = (timeMs: number | null | undefined) =>
  timeMs == null ? timeMs : new Date(timeMs).toISOString();

const durationOf = ({ startedAtMs, completedAtMs }: AgentRun) =>
  completedAtMs == null ? null : (completedAtMs - startedAtMs) / 1_000;
