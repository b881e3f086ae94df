import { sql } from 'drizzle-orm';
import { ConfigError } from '../../internal/index.js';
import { ALL_AREAS, type Area } from './areas.js';
import { createSendLedger } from './collector/index.js';
import { connectPglite } from './connect-pglite.js';
import { connectPostgres, type PostgresOptions } from './connect-postgres.js';
import type { Connection } from './connection.js';
import type { Database } from './contract.js';
import { createEntitlementRepository } from './entitlements/index.js';
import { createDatabaseEventStore, createEventUpkeep } from './events/index.js';
import { assertMigrated, migrate } from './migrate.js';
import { createOrgRepository } from './orgs.js';
import { assertPrimary, createReportRepository } from './reports/index.js';
import { createRunRepository } from './runs/index.js';
import { createOrgTokenRepository } from './tokens.js';
import {
  createLicenseRepository,
  createReceivedReports,
  createReportReadings,
  createReportUpkeep,
  createRequestLimits,
} from './vendor/index.js';

/** Exactly one of `url` and `directory`. The options of a server mean nothing to the embedded database, which is this process's alone. */
export interface DatabaseOptions extends PostgresOptions {
  /** A PostgreSQL server's, such as `postgresql://user:password@host:5432/name`. */
  readonly url?: string | undefined;
  /** Where the embedded database is. Made when it is missing. */
  readonly directory?: string | undefined;
  /** What is used of it; every area unless given. Others are not looked at, and calls that need them reject. */
  readonly areas?: readonly Area[] | undefined;
  /** Whether a server's answers have to be those of the moment, as a collector needs them; false unless given. */
  readonly primaryOnly?: boolean | undefined;
  /** Whether tables are made and brought to the form that this program knows; otherwise they have to be there. True unless given. */
  readonly migrates?: boolean | undefined;
  /** The clock by which tokens expire, in Unix milliseconds; the system's unless given. */
  readonly nowMs?: (() => number) | undefined;
}

/**
 * Open a database, and bring its tables to the form that this program knows.
 *
 * @throws {ConfigError} `OPTION_INVALID` for a URL that is none, or without exactly one of `url` and `directory`
 * @throws {TelemetryError} `PEER_MISSING` when the package of that kind of database is not installed
 * @throws {RepositoryError} `DATABASE_UNAVAILABLE` when the server does not answer, `DATABASE_IN_USE` while another process
 *   has the directory, `DATABASE_NEWER` when a later program has changed the tables, `DATABASE_FAILED` otherwise, and for a
 *   read replica when `primaryOnly`
 * @remarks Once it is open, a server may go away and come back: calls in between reject, and later ones do not.
 */
export async function openDatabase({
  url,
  directory,
  areas = ALL_AREAS,
  primaryOnly = false,
  migrates = true,
  nowMs = Date.now,
  ...options
}: DatabaseOptions): Promise<Database> {
  const connection = await connect(url, directory, options);
  try {
    if (primaryOnly) await assertPrimary(connection);
    await (migrates ? migrate : assertMigrated)(connection, areas);
  } catch (error) {
    await connection.close();
    throw error;
  }
  return toDatabase(connection, nowMs);
}

function connect(
  url: string | undefined,
  directory: string | undefined,
  options: PostgresOptions,
): Promise<Connection> {
  if (url !== undefined && directory === undefined) return connectPostgres(url, options);
  if (url === undefined && directory !== undefined) return connectPglite(directory);
  throw new ConfigError('OPTION_INVALID', 'A database needs either url or directory, and not both.');
}

/** What the services see of a connection whose tables are there. */
export function toDatabase(connection: Connection, nowMs: () => number): Database {
  return {
    kind: connection.kind,
    orgs: createOrgRepository(connection),
    tokens: createOrgTokenRepository(connection, nowMs),
    events: createDatabaseEventStore(connection),
    eventUpkeep: createEventUpkeep(connection),
    reports: createReportRepository(connection),
    runs: createRunRepository(connection),
    sends: createSendLedger(connection),
    entitlements: createEntitlementRepository(connection),
    licenses: createLicenseRepository(connection),
    received: createReceivedReports(connection),
    reportReadings: createReportReadings(connection),
    reportUpkeep: createReportUpkeep(connection),
    requestLimits: createRequestLimits(connection),
    ping: () => connection.run(async (queries) => void (await queries.execute(sql`select 1`))),
    close: () => connection.close(),
    [Symbol.asyncDispose]: () => connection.close(),
  };
}
