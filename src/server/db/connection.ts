import type { SQL } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** Queries of either database. */
export type Queries = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/** One database that is open. Every call rejects with a `TelemetryError`, never with a driver's own. */
export interface Connection {
  readonly kind: 'pglite' | 'postgresql';
  run<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /** All of it, or nothing. At the level `read committed`: each statement sees what was there when it began. */
  transaction<T>(work: (queries: Queries, copyIn: CopyIn) => Promise<T>): Promise<T>;
  /** As `transaction`, for scripts that may take long. */
  migrate(work: (runScript: RunScript) => Promise<void>): Promise<void>;
  /** May be called twice. */
  close(): Promise<void>;
}

/**
 * Write many rows at once, by `COPY`, within the transaction.
 *
 * @param target - a table, and columns of it in brackets
 * @param text - the rows in the text format of `COPY`
 */
export type CopyIn = (target: string, text: string) => Promise<void>;

/** Run statements without parameters. @returns the rows of the last one */
export type RunScript = (text: string) => Promise<readonly Record<string, unknown>[]>;

/** The rows of a query that is written by hand. Its columns are not checked. */
export async function rowsOf<Row>(queries: Queries, query: SQL): Promise<readonly Row[]> {
  // Both drivers answer so, but their types have no name in common.
  return ((await queries.execute(query)) as { readonly rows: readonly Row[] }).rows;
}
