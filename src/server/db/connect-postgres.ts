import type { Client, ClientConfig, Pool, PoolClient, QueryResult } from 'pg';
import { ConfigError } from '../../internal/index.js';
import type { Connection, Queries, RunScript } from './connection.js';
import { importPeer } from './import-peer.js';
import { isUnavailable, withRepositoryErrors } from './to-repository-error.js';

/** Of one process. A server allows 100 unless it is told otherwise, and several processes share it. */
const MAX_CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 3_000;
/** The server gives up a little earlier than we do, so that it does nothing that nobody waits for. */
const STATEMENT_TIMEOUT_MS = 4_000;
const ANSWER_TIMEOUT_MS = 5_000;
/** A step of the schema may rewrite a large table, and others wait for it. */
const MIGRATION_TIMEOUT_MS = 600_000;
const KEEP_ALIVE_AFTER_MS = 10_000;

/**
 * A pool of connections to a PostgreSQL server. Connects when it is first used, and again after the server was away.
 *
 * @throws {ConfigError} `OPTION_INVALID` if `url` is no URL of PostgreSQL
 * @throws {TelemetryError} `PEER_MISSING` when the package `pg` is not installed
 */
export async function connectPostgres(url: string): Promise<Connection> {
  const { default: pg } = await importPeer('pg', () => import('pg'));
  // Imports `pg` by itself.
  const { drizzle } = await import('drizzle-orm/node-postgres');
  const shared: ClientConfig = {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    application_name: 'sotto',
  };
  assertUrl(url, () => new pg.Client(shared));
  const pool = new pg.Pool({
    ...shared,
    max: MAX_CONNECTIONS,
    query_timeout: ANSWER_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: ANSWER_TIMEOUT_MS,
  });
  ignoreLostConnections(pool);
  const toQueries = (client: Pool | PoolClient) => drizzle({ client }) as unknown as Queries;
  const queries = toQueries(pool);

  let closing: Promise<void> | undefined;
  return {
    kind: 'postgresql',
    run: (work) => withRepositoryErrors(() => work(queries)),
    transaction: (work) =>
      withRepositoryErrors(() =>
        withClient(pool, (client) => inTransaction(client, () => work(toQueries(client)))),
      ),
    migrate: (work) =>
      withRepositoryErrors(async () => {
        const client = new pg.Client({ ...shared, query_timeout: MIGRATION_TIMEOUT_MS });
        client.on('error', ignore);
        try {
          await client.connect();
          await inTransaction(client, () => work(scriptRunner(client)));
        } finally {
          await client.end().catch(ignore);
        }
      }),
    close() {
      closing ??= pool.end();
      return closing;
    },
  };
}

/** Node.js ends a process for an error of a connection that nobody listens to. The next query says what there is to say. */
function ignoreLostConnections(pool: Pool): void {
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
}

/** @param parse - makes a client, which does not connect yet */
function assertUrl(url: string, parse: () => Client): void {
  try {
    if (!/^postgres(?:ql)?:\/\//.test(url)) throw new Error('Another scheme.');
    parse();
  } catch {
    throw new ConfigError(
      'OPTION_INVALID',
      'url must be the URL of a PostgreSQL database, such as postgresql://user:password@host:5432/name.',
    );
  }
}

async function withClient<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    const result = await work(client);
    client.release();
    return result;
  } catch (error) {
    // One that still waits for an answer must not serve the next caller.
    client.release(isUnavailable(error));
    throw error;
  }
}

async function inTransaction<T>(client: Client | PoolClient, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    if (!isUnavailable(error)) await client.query('ROLLBACK');
    throw error;
  }
}

/** Without parameters, several statements may be sent at once. */
function scriptRunner(client: Client): RunScript {
  return async (text) => {
    const results = (await client.query(text)) as QueryResult | QueryResult[];
    const last = Array.isArray(results) ? results.at(-1) : results;
    return last?.rows ?? [];
  };
}

const ignore = () => {};
