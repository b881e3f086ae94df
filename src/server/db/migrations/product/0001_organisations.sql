-- The product may have tables of its own by these names. They are adopted: with their rows, and with columns beside these.

-- Who is known.
CREATE TABLE IF NOT EXISTS org_nodes (
  org_id    varchar(64)  NOT NULL,
  node_id   varchar(128) NOT NULL,
  node_type varchar(16)  NOT NULL CHECK (node_type IN ('org', 'team')),
  PRIMARY KEY (org_id, node_id)
);

-- Each organisation's own answer. Whoever writes here, by whatever statement, is noted by the triggers below.
CREATE TABLE IF NOT EXISTS org_settings (
  org_id            varchar(64) PRIMARY KEY,
  telemetry_enabled boolean     NOT NULL DEFAULT true,
  created_at        timestamptz NOT NULL DEFAULT now(),
  updated_at        timestamptz NOT NULL DEFAULT now(),
  updated_by        varchar(128),
  version           integer     NOT NULL DEFAULT 1
);

-- Who changed an answer. No old value: there was none. No new value: the answer was taken away.
CREATE TABLE org_settings_audit (
  entry_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  org_id     varchar(64)  NOT NULL,
  changed_at timestamptz  NOT NULL,
  changed_by varchar(128) NOT NULL,
  old_value  boolean,
  new_value  boolean
);
CREATE INDEX org_settings_audit_by_org ON org_settings_audit (org_id, changed_at);

-- When which answer held: from the first moment, up to but not including the last. No last one: it still holds.
CREATE TABLE org_telemetry_intervals (
  org_id            varchar(64) NOT NULL,
  telemetry_enabled boolean     NOT NULL,
  valid_from        timestamptz NOT NULL,
  valid_until       timestamptz CHECK (valid_until > valid_from),
  PRIMARY KEY (org_id, valid_from)
);
CREATE UNIQUE INDEX org_telemetry_intervals_open ON org_telemetry_intervals (org_id) WHERE valid_until IS NULL;

-- Adopts the answers that are there. A time without a zone is of UTC.
SET LOCAL TIME ZONE 'UTC';
ALTER TABLE org_settings
  ADD COLUMN IF NOT EXISTS created_at timestamptz,
  ADD COLUMN IF NOT EXISTS updated_at timestamptz,
  ADD COLUMN IF NOT EXISTS updated_by varchar(128),
  ADD COLUMN IF NOT EXISTS version integer NOT NULL DEFAULT 1;
DO $$
DECLARE
  name text;
BEGIN
  FOR name IN SELECT attname FROM pg_attribute
    WHERE attrelid = 'org_settings'::regclass AND attname IN ('created_at', 'updated_at') AND atttypid <> 'timestamptz'::regtype
  LOOP
    EXECUTE format('ALTER TABLE org_settings ALTER COLUMN %I DROP DEFAULT, ALTER COLUMN %I TYPE timestamptz', name, name);
  END LOOP;
END
$$;
UPDATE org_settings SET updated_at = least(coalesce(updated_at, created_at, now()), now());
UPDATE org_settings SET created_at = least(coalesce(created_at, updated_at), updated_at);
ALTER TABLE org_settings
  ALTER COLUMN telemetry_enabled SET DEFAULT true,
  ALTER COLUMN telemetry_enabled SET NOT NULL,
  ALTER COLUMN created_at SET DEFAULT now(),
  ALTER COLUMN created_at SET NOT NULL,
  ALTER COLUMN updated_at SET DEFAULT now(),
  ALTER COLUMN updated_at SET NOT NULL;

-- When they were given is not known for sure: a yes holds from its last change, a no from its first.
INSERT INTO org_telemetry_intervals (org_id, telemetry_enabled, valid_from)
SELECT org_id, telemetry_enabled, CASE WHEN telemetry_enabled THEN updated_at ELSE created_at END FROM org_settings;
INSERT INTO org_settings_audit (org_id, changed_at, changed_by, new_value)
SELECT org_id, updated_at, left(coalesce(updated_by, 'sql:' || session_user), 128), telemetry_enabled FROM org_settings;

-- The service says who acts, for one transaction. It is believed where its role is a member of the one that owns the answers;
-- everybody else is named by the role of the connection.
CREATE FUNCTION sotto_actor() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    CASE WHEN pg_has_role(session_user, relowner, 'MEMBER') THEN nullif(current_setting('sotto.actor', true), '') END,
    'sql:' || session_user
  )
  FROM pg_class WHERE oid = 'org_settings'::regclass
$$;

-- When telemetry was stopped for every organisation, known or not. No end: it is stopped.
CREATE TABLE telemetry_stops (
  stop_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  stopped_at timestamptz  NOT NULL DEFAULT clock_timestamp(),
  stopped_by varchar(128) NOT NULL DEFAULT sotto_actor(),
  resumed_at timestamptz CHECK (resumed_at > stopped_at),
  resumed_by varchar(128),
  CHECK ((resumed_at IS NULL) = (resumed_by IS NULL))
);
CREATE UNIQUE INDEX telemetry_stops_open ON telemetry_stops ((true)) WHERE resumed_at IS NULL;

CREATE FUNCTION sotto_record_answer(org varchar, old_answer boolean, new_answer boolean, at timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE org_telemetry_intervals SET valid_until = at WHERE org_id = org AND valid_until IS NULL;
  IF new_answer IS NOT NULL THEN
    -- After a clock that ran ahead, an answer is noted later than it is given. A no holds from now on all the same: that it then
    -- overlaps the yes before it makes no difference, for any no wins.
    INSERT INTO org_telemetry_intervals (org_id, telemetry_enabled, valid_from)
    VALUES (org, new_answer,
      CASE WHEN new_answer OR at < clock_timestamp() + interval '1 second' THEN at ELSE clock_timestamp() END);
  END IF;
  INSERT INTO org_settings_audit (org_id, changed_at, changed_by, old_value, new_value)
  VALUES (org, at, sotto_actor(), old_answer, new_answer);
END
$$;

-- The time is that of the clock once the row is held, not that of the start of the transaction: changes that wait for
-- each other would otherwise be noted in the wrong order.
CREATE FUNCTION sotto_stamp_answer() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.updated_at := clock_timestamp();
    NEW.updated_by := sotto_actor();
    -- An answer that was taken away and given again is a later version of it.
    NEW.version := 1 + (SELECT count(*) FROM org_settings_audit WHERE org_id = NEW.org_id);
  ELSIF NEW.org_id = OLD.org_id AND NEW.telemetry_enabled = OLD.telemetry_enabled THEN
    NEW.updated_at := OLD.updated_at;
    NEW.updated_by := OLD.updated_by;
    NEW.version := OLD.version;
  ELSE
    NEW.updated_at := greatest(clock_timestamp(), OLD.updated_at + interval '1 microsecond');
    NEW.updated_by := sotto_actor();
    NEW.version := OLD.version + 1;
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION sotto_note_answer() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM sotto_record_answer(NEW.org_id, NULL, NEW.telemetry_enabled, NEW.updated_at);
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM sotto_record_answer(OLD.org_id, OLD.telemetry_enabled, NULL,
      greatest(clock_timestamp(), OLD.updated_at + interval '1 microsecond'));
  ELSIF NEW.org_id <> OLD.org_id THEN
    PERFORM sotto_record_answer(OLD.org_id, OLD.telemetry_enabled, NULL, NEW.updated_at);
    PERFORM sotto_record_answer(NEW.org_id, NULL, NEW.telemetry_enabled, NEW.updated_at);
  ELSIF NEW.telemetry_enabled <> OLD.telemetry_enabled THEN
    PERFORM sotto_record_answer(NEW.org_id, OLD.telemetry_enabled, NEW.telemetry_enabled, NEW.updated_at);
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION sotto_note_truncation() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  PERFORM sotto_record_answer(org_id, telemetry_enabled, NULL,
    greatest(clock_timestamp(), updated_at + interval '1 microsecond')) FROM org_settings;
  RETURN NULL;
END
$$;

-- Who decides waits for whoever is just starting to send what was decided before, for some milliseconds, and a sender that comes later
-- sees the decision: once a no is acknowledged, nothing starts to be sent that was counted before it. Those who decide share the
-- lock, so that one who leaves a change open holds up the senders and nobody else.
CREATE FUNCTION sotto_wait_for_senders() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(7311003);
  RETURN NULL;
END
$$;

-- A role that may write answers and nothing else leaves its trace too. Such functions name their schema, lest a table, or a
-- function, of the same name in another one be used instead.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['sotto_actor', 'sotto_stamp_answer', 'sotto_note_answer', 'sotto_note_truncation',
    'sotto_wait_for_senders'] LOOP
    EXECUTE format('ALTER FUNCTION %I() SET search_path = %I, pg_temp', name, current_schema());
  END LOOP;
END
$$;

CREATE TRIGGER org_settings_stamp BEFORE INSERT OR UPDATE ON org_settings
  FOR EACH ROW EXECUTE FUNCTION sotto_stamp_answer();
-- Apart from the one above: that one also runs for rows which then turn out to be there already.
CREATE TRIGGER org_settings_note AFTER INSERT OR UPDATE OR DELETE ON org_settings
  FOR EACH ROW EXECUTE FUNCTION sotto_note_answer();
CREATE TRIGGER org_settings_note_truncation BEFORE TRUNCATE ON org_settings
  FOR EACH STATEMENT EXECUTE FUNCTION sotto_note_truncation();

CREATE TRIGGER org_settings_wait_for_senders BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON org_settings
  FOR EACH STATEMENT EXECUTE FUNCTION sotto_wait_for_senders();
CREATE TRIGGER telemetry_stops_wait_for_senders BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON telemetry_stops
  FOR EACH STATEMENT EXECUTE FUNCTION sotto_wait_for_senders();

-- What opens the settings. Of the secret only a salted hash is kept.
CREATE TABLE org_tokens (
  token_id     varchar(32) PRIMARY KEY,
  org_id       varchar(64) NOT NULL,
  team_node_id varchar(128),
  scope        varchar(16) NOT NULL CHECK (scope IN ('read', 'admin')),
  salt         varchar(32) NOT NULL,
  secret_hash  varchar(64) NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at   timestamptz,
  revoked_at   timestamptz
);
CREATE INDEX org_tokens_by_org ON org_tokens (org_id);
