-- What customers reported. A column for each number that a report has, and no place for anything else: nothing is kept about the connection
-- over which it came.
--
-- Both tables have a part for each month, `heartbeats_2026_11`. Parts are made ahead, and dropped whole when they are old. What belongs to no
-- month that was made stands in `heartbeats_other`: a part must never be missing.
CREATE TABLE sotto_vendor.heartbeats (
  customer_id           varchar(64) COLLATE "C" NOT NULL,
  sent_at               timestamptz      NOT NULL, -- the report's own time
  received_at           timestamptz      NOT NULL,
  runs_today            bigint           NOT NULL,
  runs_last_hour        bigint           NOT NULL,
  successful_runs_today bigint           NOT NULL,
  failed_runs_today     bigint           NOT NULL,
  avg_duration_seconds  double precision,
  total_teams           bigint           NOT NULL,
  active_teams_today    bigint           NOT NULL,
  PRIMARY KEY (customer_id, sent_at)
) PARTITION BY RANGE (sent_at);
CREATE TABLE sotto_vendor.heartbeats_other PARTITION OF sotto_vendor.heartbeats DEFAULT;

-- What the heartbeats of a customer's UTC day come to. Kept with each of them, in the same transaction: it is exact at any time, and stays when
-- they go.
CREATE TABLE sotto_vendor.heartbeat_days (
  customer_id     varchar(64) COLLATE "C" NOT NULL,
  date            date        NOT NULL,
  heartbeats      bigint      NOT NULL,
  last_sent_at    timestamptz NOT NULL,
  last_runs_today bigint      NOT NULL,
  max_runs_today  bigint      NOT NULL,
  PRIMARY KEY (customer_id, date)
);
CREATE INDEX heartbeat_days_by_date ON sotto_vendor.heartbeat_days (date);

-- Revision 1 is the report, each later one a correction of the whole. The last one counts: it is the one that was not superseded.
CREATE TABLE sotto_vendor.daily_reports (
  customer_id          varchar(64) COLLATE "C" NOT NULL,
  date                 date             NOT NULL,
  revision             integer          NOT NULL CHECK (revision >= 1),
  received_at          timestamptz      NOT NULL,
  superseded_at        timestamptz,
  -- Of what it says: whether another one says the same.
  content_hash         varchar(64)      NOT NULL,
  total_runs           bigint           NOT NULL,
  successful_runs      bigint           NOT NULL,
  failed_runs          bigint           NOT NULL,
  timeout_runs         bigint           NOT NULL,
  avg_duration_seconds double precision,
  p50_duration_seconds double precision,
  p95_duration_seconds double precision,
  p99_duration_seconds double precision,
  avg_tool_calls       double precision,
  total_teams          bigint           NOT NULL,
  active_teams         bigint           NOT NULL,
  -- Runs by label.
  runs_by_trigger      jsonb            NOT NULL,
  runs_by_agent        jsonb            NOT NULL,
  top_errors           jsonb            NOT NULL,
  PRIMARY KEY (customer_id, date, revision)
) PARTITION BY RANGE (date);
CREATE TABLE sotto_vendor.daily_reports_other PARTITION OF sotto_vendor.daily_reports DEFAULT;
CREATE INDEX daily_reports_last ON sotto_vendor.daily_reports (date, customer_id) WHERE superseded_at IS NULL;

-- Which report each key was used for. A unique key of the tables above would have to include their time. Forgotten when a report of that
-- time would be refused for its age.
CREATE TABLE sotto_vendor.report_keys (
  idempotency_key uuid        PRIMARY KEY,
  customer_id     varchar(64) COLLATE "C" NOT NULL,
  kind            varchar(16) NOT NULL CHECK (kind IN ('heartbeat', 'daily')),
  -- The time of a heartbeat, the beginning of a day.
  about           timestamptz NOT NULL,
  revision        integer     NOT NULL,
  received_at     timestamptz NOT NULL
);
CREATE INDEX report_keys_by_age ON sotto_vendor.report_keys (kind, received_at);
