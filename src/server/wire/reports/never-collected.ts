/** Something that is never collected, and where it could have come from. */
export interface NeverCollected {
  readonly about: string;
  /** Columns that may hold it, as `table.column`. No report reads one of them. */
  readonly columns: readonly string[];
}

/**
 * What no report holds.
 *
 * Tests hold this to the code: a database role that may read none of these columns can make every report, and each
 * column of the runs is either read for a report or stands here.
 */
export const NEVER_COLLECTED: readonly NeverCollected[] = [
  {
    about: 'Personal information, credentials or tokens',
    columns: [
      'agent_runs.trigger_actor',
      'org_settings.updated_by',
      'org_settings_audit.changed_by',
      'org_tokens.token_id',
    ],
  },
  {
    about: 'Agent prompts, messages or the content of conversations',
    columns: ['agent_runs.trigger_message', 'agent_runs.output_summary', 'agent_runs.output_json'],
  },
  {
    about: 'Documents of the knowledge base, data of a team, or details of a single run',
    columns: [
      'agent_runs.id',
      'agent_runs.completed_at',
      'agent_runs.confidence',
      'agent_runs.extra_metadata',
    ],
  },
  {
    about: 'API keys, secrets or credentials of integrations',
    columns: ['org_tokens.salt', 'org_tokens.secret_hash'],
  },
  {
    about: 'IP addresses, host names or other identifiers of a network',
    columns: [
      'agent_runs.correlation_id',
      'agent_runs.trigger_channel_id',
      // Its text quotes whatever went wrong, with hosts and paths: the type of an error is a column of its own.
      'agent_runs.error_message',
    ],
  },
];
