import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Where databases for tests may be made and dropped. */
export const TEST_SERVER_URL =
  process.env.SOTTO_TEST_POSTGRES_URL ?? 'postgresql://root@127.0.0.1:5432/postgres';

/** A database of one test file. */
export interface TestPostgres extends AsyncDisposable {
  readonly url: string;
  /** The same database, with sessions in a time zone such as `America/New_York`. */
  urlInZone(timeZone: string): string;
  /** Several statements without parameters, over a connection of their own, as at a prompt. @returns the rows of the last one */
  query(text: string): Promise<readonly Record<string, unknown>[]>;
  /** Ends whatever is still connected. */
  drop(): Promise<void>;
}

/** A new, empty database. The server copies it from its template, which takes 50 ms. */
export async function createPostgres(): Promise<TestPostgres> {
  const name = `sotto_test_${randomBytes(6).toString('hex')}`;
  await queryOnce(TEST_SERVER_URL, `CREATE DATABASE ${name}`);
  const url = withPath(TEST_SERVER_URL, name);
  const drop = async () => {
    await queryOnce(TEST_SERVER_URL, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  };
  return {
    url,
    urlInZone: (timeZone) => `${url}?options=${encodeURIComponent(`-c TimeZone=${timeZone}`)}`,
    query: (text) => queryOnce(url, text),
    drop,
    [Symbol.asyncDispose]: drop,
  };
}

function withPath(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** Over a connection of its own. @returns the rows of the last statement */
export async function queryOnce(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  // The query says what there is to say.
  client.on('error', () => {});
  await client.connect();
  try {
    const results = (await client.query(text)) as pg.QueryResult | pg.QueryResult[];
    return (Array.isArray(results) ? results.at(-1) : results)?.rows ?? [];
  } finally {
    await client.end();
  }
}
