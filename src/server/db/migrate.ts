import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { AREAS, type Area } from './areas.js';
import { type Connection, type RunScript, rowsOf } from './connection.js';
import { RepositoryError } from './errors.js';

/** A step of an area's tables. Steps are applied in the order of their names, once, and never changed afterwards. */
interface Migration {
  readonly name: string;
  readonly script: string;
}

/** Beside the source, and beside the bundle: a folder for each area. */
const FOLDER = new URL('./migrations/', import.meta.url);
const FILE_NAME = /^(\d{4}_[a-z0-9_]+)\.sql$/;

/** Any number, as long as it stays the same: of all that migrate a database at the same time, one does. */
const LOCK_KEY = 7_311_001;

/**
 * Bring some areas of a database to the form that this program knows. May be called by many processes at once.
 *
 * @throws {RepositoryError} `DATABASE_NEWER` when a later program has changed it, and what `connection` throws; the
 *   area is then as it was
 */
export async function migrate(connection: Connection, areas: readonly Area[]): Promise<void> {
  for (const area of areas) await migrateArea(connection, area);
}

/**
 * See that nothing is missing in some areas of a database, and change nothing.
 *
 * @throws {RepositoryError} `DATABASE_FAILED` when a step is missing, `DATABASE_NEWER`, and what `connection` throws
 */
export async function assertMigrated(connection: Connection, areas: readonly Area[]): Promise<void> {
  for (const area of areas) {
    if (!(await isMigrated(connection, area, readMigrations(area)))) throw tablesMissing();
  }
}

/** For who may only look. */
export const tablesMissing = () =>
  new RepositoryError(
    'DATABASE_FAILED',
    'The tables are not there yet, or not as this version of the program needs them. Their owner makes them by starting what uses them, such as `sotto serve --roles orgs` or `sotto collector`.',
  );

async function isMigrated(connection: Connection, area: Area, known: readonly Migration[]): Promise<boolean> {
  const pending = await connection.run((queries) =>
    pendingOf(known, area, (text) => rowsOf(queries, sql.raw(text))),
  );
  return pending.length === 0;
}

async function migrateArea(connection: Connection, area: Area): Promise<void> {
  const known = readMigrations(area);
  // One that is up to date is only read: whoever opens it needs no right to change it.
  if (await isMigrated(connection, area, known)) return;
  const { schema, noted } = AREAS[area];
  await connection.migrate(async (runScript) => {
    await runScript(`SELECT pg_advisory_xact_lock(${LOCK_KEY})`);
    if (schema !== undefined) await runScript(toSchema(schema));
    await runScript(toTable(noted));
    for (const { name, script } of await pendingOf(known, area, runScript)) {
      await runScript(script);
      await runScript(`INSERT INTO ${noted} (name) VALUES ('${name}')`);
    }
  });
}

/** Where it is there already, no right to make one is needed. */
const toSchema = (schema: string) => `DO $$ BEGIN
  IF to_regnamespace('${schema}') IS NULL THEN CREATE SCHEMA ${schema}; END IF;
END $$`;

const toTable = (noted: string) => `CREATE TABLE IF NOT EXISTS ${noted} (
  name       varchar(64) PRIMARY KEY,
  applied_at timestamptz NOT NULL DEFAULT now()
)`;

function readMigrations(area: Area): readonly Migration[] {
  const folder = new URL(`${area}/`, FOLDER);
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const name = FILE_NAME.exec(file)?.[1];
      return name === undefined ? [] : [{ name, script: readFileSync(new URL(file, folder), 'utf8') }];
    });
}

async function pendingOf(
  known: readonly Migration[],
  area: Area,
  runScript: RunScript,
): Promise<readonly Migration[]> {
  const { noted } = AREAS[area];
  const [table] = await runScript(`SELECT to_regclass('${noted}') IS NOT NULL AS present`);
  if (table?.present !== true) return known;
  const rows = await runScript(`SELECT name FROM ${noted}`);
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
