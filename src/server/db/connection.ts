import type { SQL } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** Queries of either database. */
export type Queries = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/** One database that is open. Every call rejects with a `TelemetryError`, never with a driver's own. */
export interface Connection {
  readonly kind: 'pglite' | 'postgresql';
  run<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /** All of it, or nothing. At the level `read committed`: each statement sees what was there when it began. */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /** As `transaction`, for many rows at once. @returns the rows of the last statement */
  load(load: Load): ReturnType<RunScript>;
  /** As `transaction`, for scripts that may take long. */
  migrate(work: (runScript: RunScript) => Promise<void>): Promise<void>;
  /** May be called twice. */
  close(): Promise<void>;
}

/** Rows that are written by `COPY`, and what is done around it in the same transaction. Of the scripts none has parameters. */
export interface Load {
  readonly prepare: string;
  /** A table, and columns of it in brackets. */
  readonly target: string;
  /** The rows in the text format of `COPY`. */
  readonly text: string;
  /** Sent together with the end of the transaction: what it locks is free again before we have the answer. */
  readonly finish: string;
}

/** Run statements without parameters. @returns the rows of the last one */
export type RunScript = (text: string) => Promise<readonly Record<string, unknown>[]>;

/** The rows of a query that is written by hand. Its columns are not checked. */
export async function rowsOf<Row>(queries: Queries, query: SQL): Promise<readonly Row[]> {
  // Both drivers answer so, but their types have no name in common.
  return ((await queries.execute(query)) as { readonly rows: readonly Row[] }).rows;
}
