-- What the collector notes for itself. None of it is the product's, and it may be in a database of its own.

-- One row: this installation, whichever of its processes sends.
CREATE TABLE sotto_collector.installation (
  installation_id  smallint    PRIMARY KEY DEFAULT 1 CHECK (installation_id = 1),
  -- By the clock of the process. Days that were over before are not reported, but for the one just before.
  first_started_at timestamptz NOT NULL,
  -- Spreads the times at which installations send. From nothing but a random generator, and never sent.
  jitter_seed      uuid        NOT NULL DEFAULT gen_random_uuid()
);

-- One row: who may send. Its times are of this database's clock, so that the clocks of the processes do not matter.
CREATE TABLE sotto_collector.lease (
  lease_id   smallint    PRIMARY KEY DEFAULT 1 CHECK (lease_id = 1),
  -- Null: nobody, since it was given back.
  holder     uuid,
  -- Grows with each new holder. What a former holder would write carries an old one, and is not written.
  fence      bigint      NOT NULL,
  expires_at timestamptz NOT NULL
);

-- A report, whatever became of it.
CREATE TABLE sotto_collector.reports (
  kind            varchar(16) NOT NULL CHECK (kind IN ('heartbeat', 'daily')),
  -- The day of a daily report, the moment that a heartbeat is for.
  period_start    timestamptz NOT NULL,
  -- 1; a correction has one more than what was accepted before.
  revision        integer     NOT NULL CHECK (revision >= 1),
  -- The same for every attempt to send it, also those of a later process.
  idempotency_key uuid        NOT NULL UNIQUE DEFAULT gen_random_uuid(),
  -- open: to be sent, or sent with no word of what became of it. accepted, refused: by the vendor. skipped: nobody was counted.
  -- dropped: a heartbeat that was not accepted at once, as none is sent later.
  state           varchar(16) NOT NULL DEFAULT 'open'
                  CHECK (state IN ('open', 'accepted', 'refused', 'skipped', 'dropped')),
  -- Whether an operator asked for it, so that it is sent however long ago its day was.
  is_correction   boolean     NOT NULL DEFAULT false,
  noted_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (kind, period_start, revision)
);

-- Every attempt to send one. The line is there before the first byte leaves, with all that may leave.
CREATE TABLE sotto_collector.sends (
  send_id      bigint      PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  kind         varchar(16) NOT NULL,
  period_start timestamptz NOT NULL,
  revision     integer     NOT NULL,
  -- Of the holder that wrote it.
  fence        bigint      NOT NULL,
  -- As sent: json and not jsonb, which would sort its members.
  payload      json        NOT NULL,
  started_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Null: under way, or the process ended meanwhile; it may have left.
  ended_at     timestamptz,
  -- accepted, refused: by the vendor, which may have refused for now only. unknown: it may have left, and there was no receipt.
  -- not_sent: the vendor was not reached. withheld: it was decided otherwise while the connection was made.
  outcome      varchar(16) CHECK (outcome IN ('accepted', 'refused', 'unknown', 'not_sent', 'withheld')),
  http_status  integer,
  CHECK ((ended_at IS NULL) = (outcome IS NULL)),
  FOREIGN KEY (kind, period_start, revision)
    REFERENCES sotto_collector.reports (kind, period_start, revision) ON DELETE CASCADE
);
CREATE INDEX sends_of_report ON sotto_collector.sends (kind, period_start, revision);
CREATE INDEX sends_by_kind ON sotto_collector.sends (kind, send_id DESC);
