-- What the vendor sold. Of the key's secret only a salted hash is kept. A customer may have several: a new one is given out before the old
-- one is revoked. None is ever deleted: a report that came says under which customer it came.
CREATE TABLE sotto_vendor.licenses (
  license_id         varchar(32)  PRIMARY KEY,
  salt               varchar(32)  NOT NULL,
  secret_hash        varchar(64)  NOT NULL,
  customer_id        varchar(64)  NOT NULL CHECK (customer_id ~ '^[A-Za-z0-9_-]+$'),
  customer_name      varchar(128) NOT NULL,
  -- -1: no limit
  max_teams          bigint       NOT NULL CHECK (max_teams >= -1),
  max_runs_per_month bigint       NOT NULL CHECK (max_runs_per_month >= -1),
  features           jsonb        NOT NULL CHECK (jsonb_typeof(features) = 'array'),
  created_at         timestamptz  NOT NULL DEFAULT clock_timestamp(),
  expires_at         timestamptz,
  revoked_at         timestamptz
);
CREATE INDEX licenses_by_customer ON sotto_vendor.licenses (customer_id, created_at);

-- How many requests a licence has made. It may be lost: whoever made too many then begins anew.
CREATE UNLOGGED TABLE sotto_vendor.request_limits (
  key    varchar(255) PRIMARY KEY,
  points integer      NOT NULL DEFAULT 0,
  expire bigint
);
