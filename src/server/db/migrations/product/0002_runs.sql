-- The runs of the product's agents, written by the product. Reports read a few of the columns, and never a text.
-- Its own table of this name is adopted, and so is a view, which nothing is changed of. Its columns may be wider than an entry of
-- the index can hold: there, the product's own index on started_at has to do.
DO $$
BEGIN
  IF to_regclass('agent_runs') IS NULL THEN
    CREATE TABLE agent_runs (
      id                 varchar(64) PRIMARY KEY,
      org_id             varchar(64) NOT NULL,
      team_node_id       varchar(128),
      correlation_id     text,
      trigger_source     varchar(64),
      trigger_actor      text,
      trigger_message    text,
      trigger_channel_id text,
      agent_name         varchar(128),
      started_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
      completed_at       timestamptz,
      status             varchar(32) NOT NULL DEFAULT 'running',
      tool_calls_count   integer,
      output_summary     text,
      output_json        jsonb,
      error_message      text,
      -- One of a closed list. Anything else is kept and reported as "other": a run must not be lost for its name.
      error_type         varchar(64),
      confidence         double precision,
      duration_seconds   double precision,
      extra_metadata     jsonb
    );

    -- A report reads a day of it, and nothing beside it: all that it needs is included. The widths of the columns keep an
    -- entry below the 2,704 bytes that an index can hold.
    CREATE INDEX agent_runs_reported ON agent_runs (started_at)
      INCLUDE (org_id, team_node_id, status, duration_seconds, tool_calls_count, trigger_source, agent_name, error_type);
  ELSIF (SELECT relkind FROM pg_class WHERE oid = 'agent_runs'::regclass) IN ('r', 'p') THEN
    ALTER TABLE agent_runs ADD COLUMN IF NOT EXISTS error_type varchar(64);
  END IF;
END
$$;
