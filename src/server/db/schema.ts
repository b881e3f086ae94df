import {
  bigint,
  boolean,
  date,
  integer,
  json,
  pgSchema,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';

/*
 * The tables as the queries know them. They are made by `migrations/`, which also says what their rows mean.
 */

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' });

export const orgNodes = pgTable(
  'org_nodes',
  {
    orgId: varchar('org_id', { length: 64 }).notNull(),
    nodeId: varchar('node_id', { length: 128 }).notNull(),
    nodeType: varchar('node_type', { length: 16, enum: ['org', 'team'] }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.nodeId] })],
);

export const orgSettings = pgTable('org_settings', {
  orgId: varchar('org_id', { length: 64 }).primaryKey(),
  telemetryEnabled: boolean('telemetry_enabled').notNull().default(true),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
  updatedBy: varchar('updated_by', { length: 128 }),
  version: integer('version').notNull().default(1),
});

export const orgSettingsAudit = pgTable('org_settings_audit', {
  entryId: bigint('entry_id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  orgId: varchar('org_id', { length: 64 }).notNull(),
  changedAt: moment('changed_at').notNull(),
  changedBy: varchar('changed_by', { length: 128 }).notNull(),
  oldValue: boolean('old_value'),
  newValue: boolean('new_value'),
});

export const orgTelemetryIntervals = pgTable(
  'org_telemetry_intervals',
  {
    orgId: varchar('org_id', { length: 64 }).notNull(),
    telemetryEnabled: boolean('telemetry_enabled').notNull(),
    validFrom: moment('valid_from').notNull(),
    validUntil: moment('valid_until'),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.validFrom] })],
);

export const telemetryStops = pgTable('telemetry_stops', {
  stopId: bigint('stop_id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  stoppedAt: moment('stopped_at').notNull().defaultNow(),
  stoppedBy: varchar('stopped_by', { length: 128 }).notNull(),
  resumedAt: moment('resumed_at'),
  resumedBy: varchar('resumed_by', { length: 128 }),
});

export const orgTokens = pgTable('org_tokens', {
  tokenId: varchar('token_id', { length: 32 }).primaryKey(),
  orgId: varchar('org_id', { length: 64 }).notNull(),
  teamNodeId: varchar('team_node_id', { length: 128 }),
  scope: varchar('scope', { length: 16, enum: ['read', 'admin'] }).notNull(),
  salt: varchar('salt', { length: 32 }).notNull(),
  secretHash: varchar('secret_hash', { length: 64 }).notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
  expiresAt: moment('expires_at'),
  revokedAt: moment('revoked_at'),
});

const vendor = pgSchema('sotto_vendor');

export const ingestEvents = vendor.table(
  'ingest_events',
  {
    position: bigint('position', { mode: 'number' }).notNull(),
    uuid: uuid('uuid').notNull(),
    event: text('event').notNull(),
    distinctId: text('distinct_id').notNull(),
    timestamp: text('timestamp').notNull(),
    occurredAt: moment('occurred_at').notNull(),
    properties: json('properties').notNull(),
    receivedAt: moment('received_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.uuid, table.occurredAt] })],
);

export const ingestEventCounts = vendor.table(
  'ingest_event_counts',
  {
    day: date('day').notNull(),
    event: text('event').notNull(),
    events: bigint('events', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.event] })],
);
