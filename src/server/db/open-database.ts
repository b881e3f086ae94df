import { sql } from 'drizzle-orm';
import { ConfigError } from '../../internal/index.js';
import { connectPglite } from './connect-pglite.js';
import { connectPostgres } from './connect-postgres.js';
import type { Connection } from './connection.js';
import type { Database } from './contract.js';
import { createDatabaseEventStore } from './event-store.js';
import { migrate } from './migrate.js';
import { createOrgRepository } from './orgs.js';
import { createReportRepository } from './reports/index.js';
import { createOrgTokenRepository } from './tokens.js';

/** Exactly one of `url` and `directory`. */
export interface DatabaseOptions {
  /** A PostgreSQL server's, such as `postgresql://user:password@host:5432/name`. */
  readonly url?: string | undefined;
  /** Where the embedded database is. Made when it is missing. */
  readonly directory?: string | undefined;
  /** The clock by which tokens expire, in Unix milliseconds; the system's unless given. */
  readonly nowMs?: (() => number) | undefined;
}

/**
 * Open a database, and bring its tables to the form that this program knows.
 *
 * @throws {ConfigError} `OPTION_INVALID` for a URL that is none, or without exactly one of `url` and `directory`
 * @throws {TelemetryError} `PEER_MISSING` when the package of that kind of database is not installed
 * @throws {RepositoryError} `DATABASE_UNAVAILABLE` when the server does not answer, `DATABASE_IN_USE` while another process
 *   has the directory, `DATABASE_NEWER` when a later program has changed the tables, `DATABASE_FAILED` otherwise
 * @remarks Once it is open, a server may go away and come back: calls in between reject, and later ones do not.
 */
export async function openDatabase({ url, directory, nowMs = Date.now }: DatabaseOptions): Promise<Database> {
  const connection = await connect(url, directory);
  try {
    await migrate(connection);
  } catch (error) {
    await connection.close();
    throw error;
  }
  return toDatabase(connection, nowMs);
}

function connect(url: string | undefined, directory: string | undefined): Promise<Connection> {
  if (url !== undefined && directory === undefined) return connectPostgres(url);
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
    reports: createReportRepository(connection),
    ping: () => connection.run(async (queries) => void (await queries.execute(sql`select 1`))),
    close: () => connection.close(),
    [Symbol.asyncDispose]: () => connection.close(),
  };
}
