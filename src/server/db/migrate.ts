import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { type Connection, type RunScript, rowsOf } from './connection.js';
import { RepositoryError } from './errors.js';

/** A step of the schema. Steps are applied in the order of their names, once, and never changed afterwards. */
interface Migration {
  readonly name: string;
  readonly script: string;
}

/** Beside the source, and beside the bundle. */
const FOLDER = new URL('./migrations/', import.meta.url);
const FILE_NAME = /^(\d{4}_[a-z0-9_]+)\.sql$/;

/** Any number, as long as it stays the same: of all that migrate a database at the same time, one does. */
const LOCK_KEY = 7_311_001;

/**
 * Bring a database to the schema of this program. May be called by many processes at once.
 *
 * @throws {RepositoryError} `DATABASE_NEWER` when a later program has changed it, and what `connection` throws; the
 *   database is then as it was
 */
export async function migrate(connection: Connection): Promise<void> {
  const known = readMigrations();
  // A database that is up to date is only read: whoever opens it needs no right to change it.
  const pending = await connection.run((queries) =>
    pendingOf(known, (text) => rowsOf(queries, sql.raw(text))),
  );
  if (pending.length === 0) return;
  await connection.migrate(async (runScript) => {
    await runScript(`SELECT pg_advisory_xact_lock(${LOCK_KEY})`);
    await runScript(TABLE);
    for (const { name, script } of await pendingOf(known, runScript)) {
      await runScript(script);
      await runScript(`INSERT INTO sotto_migrations (name) VALUES ('${name}')`);
    }
  });
}

const TABLE = `CREATE TABLE IF NOT EXISTS sotto_migrations (
  name       varchar(64) PRIMARY KEY,
  applied_at timestamptz NOT NULL DEFAULT now()
)`;

function readMigrations(): readonly Migration[] {
  return readdirSync(FOLDER)
    .sort()
    .flatMap((file) => {
      const name = FILE_NAME.exec(file)?.[1];
      return name === undefined ? [] : [{ name, script: readFileSync(new URL(file, FOLDER), 'utf8') }];
    });
}

async function pendingOf(known: readonly Migration[], runScript: RunScript): Promise<readonly Migration[]> {
  const [table] = await runScript(`SELECT to_regclass('sotto_migrations') IS NOT NULL AS present`);
  if (table?.present !== true) return known;
  const rows = await runScript('SELECT name FROM sotto_migrations');
  const applied = new Set(rows.map(({ name }) => name));
  const pending = known.filter(({ name }) => !applied.has(name));
  if (applied.size + pending.length > known.length) {
    throw new RepositoryError(
      'DATABASE_NEWER',
      'A later version of this program has changed the database. Run that version, or restore the database as it was.',
    );
  }
  return pending;
}
