-- Received events, in the order of their arrival. Names are spelled as within a JSON string: text holds no U+0000.
-- Properties are json and not jsonb, which would sort their keys and refuse some of their strings.
--
-- The table has a part for each month of the time at which the event happened, `ingest_events_2026_11`. They are made ahead, and dropped
-- whole when they are old. What belongs to no month that was made stands in `ingest_events_other`: a part must never be missing. A unique
-- key has to include what the parts are made by, so that an event counts once by its uuid and its time.
CREATE SEQUENCE sotto_vendor.ingest_events_position;
CREATE TABLE sotto_vendor.ingest_events (
  position    bigint      NOT NULL DEFAULT nextval('sotto_vendor.ingest_events_position'),
  uuid        uuid        NOT NULL,
  event       text        NOT NULL,
  distinct_id text        NOT NULL,
  "timestamp" text        NOT NULL, -- as it was sent
  occurred_at timestamptz NOT NULL, -- what it says, in milliseconds
  properties  json        NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (uuid, occurred_at)
) PARTITION BY RANGE (occurred_at);
ALTER SEQUENCE sotto_vendor.ingest_events_position OWNED BY sotto_vendor.ingest_events.position;
CREATE TABLE sotto_vendor.ingest_events_other PARTITION OF sotto_vendor.ingest_events DEFAULT;
CREATE INDEX ingest_events_by_position ON sotto_vendor.ingest_events (position);
CREATE INDEX ingest_events_by_event ON sotto_vendor.ingest_events (event, position);
CREATE INDEX ingest_events_by_distinct_id ON sotto_vendor.ingest_events (distinct_id, position);
-- Small, and enough to find what is old: events arrive roughly in the order of their times.
CREATE INDEX ingest_events_by_time ON sotto_vendor.ingest_events USING brin (occurred_at);

-- How many events there are, by UTC day and name. Kept by the triggers below, in the same transaction as the events themselves: nobody has
-- to count them. Only for what goes through `ingest_events`, and not past it into one of its parts.
CREATE TABLE sotto_vendor.ingest_event_counts (
  day    date   NOT NULL,
  event  text   NOT NULL,
  events bigint NOT NULL,
  PRIMARY KEY (day, event)
);

CREATE FUNCTION sotto_vendor.count_added_events() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO sotto_vendor.ingest_event_counts AS known (day, event, events)
  SELECT (occurred_at AT TIME ZONE 'UTC')::date, event, count(*) FROM added GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (day, event) DO UPDATE SET events = known.events + excluded.events;
  RETURN NULL;
END $$;

CREATE FUNCTION sotto_vendor.count_deleted_events() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE sotto_vendor.ingest_event_counts AS known SET events = known.events - gone.events
  FROM (
    SELECT (occurred_at AT TIME ZONE 'UTC')::date AS day, event, count(*) AS events FROM deleted GROUP BY 1, 2
  ) AS gone
  WHERE known.day = gone.day AND known.event = gone.event;
  DELETE FROM sotto_vendor.ingest_event_counts WHERE events = 0;
  RETURN NULL;
END $$;

CREATE FUNCTION sotto_vendor.count_no_events() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM sotto_vendor.ingest_event_counts;
  RETURN NULL;
END $$;

CREATE TRIGGER count_added AFTER INSERT ON sotto_vendor.ingest_events
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION sotto_vendor.count_added_events();
CREATE TRIGGER count_deleted AFTER DELETE ON sotto_vendor.ingest_events
  REFERENCING OLD TABLE AS deleted FOR EACH STATEMENT EXECUTE FUNCTION sotto_vendor.count_deleted_events();
CREATE TRIGGER count_none AFTER TRUNCATE ON sotto_vendor.ingest_events
  FOR EACH STATEMENT EXECUTE FUNCTION sotto_vendor.count_no_events();
