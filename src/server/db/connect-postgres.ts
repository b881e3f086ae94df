import { pipeline } from 'node:stream/promises';
import type { Client, ClientConfig, Pool, PoolClient, QueryResult } from 'pg';
import { ConfigError } from '../../internal/index.js';
import type { Connection, Load, Queries, RunScript } from './connection.js';
import { importPeer } from './import-peer.js';
import { isUnavailable, withRepositoryErrors } from './to-repository-error.js';

/** Of one process. A server allows 100 unless it is told otherwise, and several processes share it. */
const MAX_CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 3_000;
const STATEMENT_TIMEOUT_MS = 4_000;
/** The server gives up a little earlier than we do, so that it does nothing that nobody waits for. */
const ANSWER_AFTER_MS = 1_000;
/** A step of the schema may rewrite a large table, and others wait for it. */
const MIGRATION_TIMEOUT_MS = 600_000;
const KEEP_ALIVE_AFTER_MS = 10_000;
/** For statements under way at the end: who waits for one has had time to finish before. */
const CLOSE_MS = 400;

export interface PostgresOptions {
  /** Whether everything but a migration is done in transactions that cannot write; false unless given. */
  readonly readOnly?: boolean | undefined;
  /** How long a statement may take, migrations aside; 4 seconds unless given. */
  readonly statementTimeoutMs?: number | undefined;
  /** Whether rows are copied in, as received events are: that needs another package, and does without one until then; false unless given. */
  readonly copiesIn?: boolean | undefined;
}

/**
 * A pool of connections to a PostgreSQL server. Connects when it is first used, and again after the server was away.
 *
 * @throws {ConfigError} `OPTION_INVALID` if `url` is no URL of PostgreSQL
 * @throws {TelemetryError} `PEER_MISSING` when the package `pg`, or with `copiesIn` `pg-copy-streams`, is not installed
 */
export async function connectPostgres(
  url: string,
  { readOnly = false, statementTimeoutMs = STATEMENT_TIMEOUT_MS, copiesIn = false }: PostgresOptions = {},
): Promise<Connection> {
  const { default: pg } = await importPeer('pg', () => import('pg'));
  if (copiesIn) await importCopyStreams();
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
    query_timeout: statementTimeoutMs + ANSWER_AFTER_MS,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: statementTimeoutMs + ANSWER_AFTER_MS,
  });
  ignoreLostConnections(pool);
  const endPool = closerOf(pool);
  const toQueries = (client: Pool | PoolClient) => drizzle({ client }) as unknown as Queries;
  const queries = toQueries(pool);

  // Said of each transaction, and not of the session: nothing between us and the server may forget it.
  const begin = readOnly ? BEGIN_READ_ONLY : BEGIN;
  const transaction: Connection['transaction'] = (work) =>
    withRepositoryErrors(() =>
      withClient(pool, (client) => inTransaction(client, begin, () => work(toQueries(client)))),
    );

  let closing: Promise<void> | undefined;
  return {
    kind: 'postgresql',
    run: (work) => (readOnly ? transaction(work) : withRepositoryErrors(() => work(queries))),
    transaction,
    load: (load) => withRepositoryErrors(() => withClient(pool, (client) => loadInto(client, begin, load))),
    migrate: (work) =>
      withRepositoryErrors(async () => {
        const client = new pg.Client({ ...shared, query_timeout: MIGRATION_TIMEOUT_MS });
        client.on('error', ignore);
        try {
          await client.connect();
          await inTransaction(client, BEGIN, () => work(scriptRunner(client)));
        } finally {
          await client.end().catch(ignore);
        }
      }),
    close() {
      closing ??= endPool();
      return closing;
    },
  };
}

/** Node.js ends a process for an error of a connection that nobody listens to. The next query says what there is to say. */
function ignoreLostConnections(pool: Pool): void {
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
}

/** What ends a pool: connections that wait for an answer a little later are broken off, as behind a table that somebody has locked. */
function closerOf(pool: Pool): () => Promise<void> {
  const clients = new Set<PoolClient>();
  pool.on('connect', (client) => clients.add(client));
  pool.on('remove', (client) => clients.delete(client));
  return async () => {
    const breakOff = () => {
      for (const client of clients) (client as PoolClient & Pick<Client, 'end'>).end().catch(ignore);
    };
    const timer = setTimeout(breakOff, CLOSE_MS);
    await pool.end();
    clearTimeout(timer);
  };
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

/** The server, or a role, may have other defaults. */
const BEGIN = 'BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE';
const BEGIN_READ_ONLY = 'BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY';

function inTransaction<T>(client: Client | PoolClient, begin: string, work: () => Promise<T>): Promise<T> {
  return orRollBack(client, async () => {
    await client.query(begin);
    const result = await work();
    await client.query('COMMIT');
    return result;
  });
}

/** In three turns, however many statements they are. */
function loadInto(
  client: PoolClient,
  begin: string,
  { prepare, target, text, finish }: Load,
): ReturnType<RunScript> {
  return orRollBack(client, async () => {
    const { from } = await importCopyStreams();
    await client.query(`${begin}; ${prepare}`);
    await pipeline([Buffer.from(text)], client.query(from(`COPY ${target} FROM STDIN`)));
    const results = (await client.query(`${finish}; COMMIT`)) as unknown as readonly QueryResult[];
    return results.at(-2)?.rows ?? [];
  });
}

async function orRollBack<T>(client: Client | PoolClient, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
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

const importCopyStreams = () => importPeer('pg-copy-streams', () => import('pg-copy-streams'));
