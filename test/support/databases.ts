import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALL_AREAS } from '../../src/server/db/areas.js';
import { connectPglite } from '../../src/server/db/connect-pglite.js';
import { connectPostgres } from '../../src/server/db/connect-postgres.js';
import type { Connection } from '../../src/server/db/connection.js';
import type { Database } from '../../src/server/db/index.js';
import { migrate } from '../../src/server/db/migrate.js';
import { toDatabase } from '../../src/server/db/open-database.js';
import { createPostgres, type TestPostgres } from './postgres.js';

export const DATABASE_KINDS = ['postgresql', 'pglite'] as const;
export type DatabaseKind = (typeof DATABASE_KINDS)[number];

/** A database of one test file, with every table. The embedded one takes seconds to start: one of it per file. */
export interface TestDatabase {
  readonly database: Database;
  readonly connection: Connection;
  /** Undefined for the embedded one, which has no server. */
  readonly postgres: TestPostgres | undefined;
  /** One or more statements without parameters, as at a prompt. @returns the rows of the last one */
  query(text: string): Promise<readonly Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** @param nowMs - the clock by which tokens expire */
export function openTestDatabase(kind: DatabaseKind, nowMs: () => number = Date.now): Promise<TestDatabase> {
  return kind === 'pglite' ? openEmbedded(nowMs) : openOnServer(nowMs);
}

async function openOnServer(nowMs: () => number): Promise<TestDatabase> {
  const postgres = await createPostgres();
  const connection = await connectPostgres(postgres.url);
  await migrate(connection, ALL_AREAS);
  return {
    database: toDatabase(connection, nowMs),
    connection,
    postgres,
    query: postgres.query,
    async close() {
      await connection.close();
      await postgres.drop();
    },
  };
}

async function openEmbedded(nowMs: () => number): Promise<TestDatabase> {
  const directory = await mkdtemp(join(tmpdir(), 'sotto-db-'));
  const connection = await connectPglite(directory);
  await migrate(connection, ALL_AREAS);
  return {
    database: toDatabase(connection, nowMs),
    connection,
    postgres: undefined,
    query: (text) => inOneTransaction(connection, text),
    async close() {
      await connection.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function inOneTransaction(connection: Connection, text: string) {
  let rows: readonly Record<string, unknown>[] = [];
  await connection.migrate(async (runScript) => {
    rows = await runScript(text);
  });
  return rows;
}
