/**
 * Every column of the product's tables that a report, a count of what a licence allows, or a look at who is on can come from. Tests
 * hold it to the code: a role that may read these and nothing else can make every report.
 */
export const READ_COLUMNS = {
  agent_runs: [
    'org_id',
    'team_node_id',
    'started_at',
    'status',
    'duration_seconds',
    'tool_calls_count',
    'trigger_source',
    'agent_name',
    'error_type',
  ],
  org_nodes: ['org_id', 'node_type'],
  org_settings: ['org_id', 'telemetry_enabled'],
  org_telemetry_intervals: ['org_id', 'telemetry_enabled', 'valid_from', 'valid_until'],
  telemetry_stops: ['stopped_at', 'resumed_at'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
