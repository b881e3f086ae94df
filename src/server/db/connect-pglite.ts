import { join } from 'node:path';
import type { PGlite, Transaction } from '@electric-sql/pglite';
import { makeDirectory } from '../../internal/index.js';
import type { Connection, Queries, RunScript } from './connection.js';
import { lockDirectory } from './directory-lock.js';
import { RepositoryError } from './errors.js';
import { importPeer } from './import-peer.js';
import { closeToOthers } from './own-directory.js';
import { withRepositoryErrors } from './to-repository-error.js';

/** The folder of the database within its directory, beside the lock. */
const FOLDER = 'database';

/**
 * The database of this process alone, in a directory that is made when it is missing, and closed to other users (0700).
 *
 * @throws {RepositoryError} `DATABASE_IN_USE` while another process, or this one, has it open; `DATABASE_FAILED` when
 *   nothing can be written there, it belongs to another user, or what is there is no database
 * @throws {TelemetryError} `PEER_MISSING` when the package `@electric-sql/pglite` is not installed
 * @remarks Takes 2 to 4 seconds and 0.7 GB of memory.
 */
export async function connectPglite(directory: string): Promise<Connection> {
  const { PGlite } = await importPeer('@electric-sql/pglite', () => import('@electric-sql/pglite'));
  // Imports the package by itself.
  const { drizzle } = await import('drizzle-orm/pglite');
  const folder = join(directory, FOLDER);
  prepare(directory, folder);
  const release = lockDirectory(directory);
  try {
    const client = await PGlite.create({ dataDir: folder });
    const toQueries = (to: PGlite | Transaction) => drizzle({ client: to as PGlite }) as unknown as Queries;
    return toConnection(client, toQueries, release);
  } catch {
    release();
    throw new RepositoryError('DATABASE_FAILED', UNREADABLE);
  }
}

const UNREADABLE =
  'The embedded database could not be opened: its directory is full, damaged, or of another version. Restore it from a backup, or choose an empty directory.';

function prepare(directory: string, folder: string): void {
  try {
    makeDirectory(folder);
    for (const path of [directory, folder]) closeToOthers(path);
  } catch (error) {
    if (error instanceof RepositoryError) throw error;
    throw new RepositoryError(
      'DATABASE_FAILED',
      'The directory of the database cannot be made. Choose one that this user may write to.',
    );
  }
}

function toConnection(
  client: PGlite,
  toQueries: (client: PGlite | Transaction) => Queries,
  release: () => void,
): Connection {
  const queries = toQueries(client);
  let closing: Promise<void> | undefined;
  return {
    kind: 'pglite',
    run: (work) => withRepositoryErrors(() => work(queries)),
    transaction: (work) =>
      withRepositoryErrors(() => client.transaction((transaction) => work(toQueries(transaction)))),
    load: ({ prepare, target, text, finish }) =>
      withRepositoryErrors(() =>
        client.transaction(async (transaction) => {
          await transaction.exec(prepare);
          // The file by which this database takes what stands beside a statement.
          await transaction.query(`COPY ${target} FROM '/dev/blob'`, [], { blob: new Blob([text]) });
          return scriptRunner(transaction)(finish);
        }),
      ),
    migrate: (work) =>
      withRepositoryErrors(() => client.transaction((transaction) => work(scriptRunner(transaction)))),
    close() {
      closing ??= withRepositoryErrors(() => client.close()).finally(release);
      return closing;
    },
  };
}

function scriptRunner(transaction: Transaction): RunScript {
  return async (text) => (await transaction.exec(text)).at(-1)?.rows ?? [];
}
