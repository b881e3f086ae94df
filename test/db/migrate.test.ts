import { randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AREAS } from '../../src/server/db/areas.js';
import { openDatabase } from '../../src/server/db/index.js';
import * as schema from '../../src/server/db/schema.js';
import { DATABASE_KINDS, openTestDatabase } from '../support/databases.js';
import { createPostgres } from '../support/postgres.js';

const TABLES = Object.values<PgTable>(schema).map(getTableConfig);

describe.each(DATABASE_KINDS)('the tables of %s', (kind) => {
  it('have the columns that the queries know, with the same types', async () => {
    const test = await openTestDatabase(kind);
    onTestFinished(() => test.close());
    const rows = await test.query(`
      SELECT class.relnamespace::regnamespace::text AS schema, class.relname AS table, attribute.attname AS column,
             format_type(attribute.atttypid, attribute.atttypmod) AS type, attribute.attnotnull AS required
      FROM pg_attribute attribute JOIN pg_class class ON class.oid = attribute.attrelid
      WHERE class.relkind IN ('r', 'p') AND attribute.attnum > 0 AND NOT attribute.attisdropped`);
    for (const { name, schema: area = 'public', columns } of TABLES) {
      const found = rows.filter((row) => row.table === name && row.schema === area);
      const described = columns.map((column) => ({
        schema: area,
        table: name,
        column: column.name,
        type: column.getSQLType().replace('varchar', 'character varying'),
        required: column.notNull,
      }));
      expect(sorted(found)).toEqual(sorted(described));
    }
    expect(TABLES.map(({ name }) => name)).toContain('org_settings');
  });
});

const sorted = <Row>(rows: readonly Row[]) => rows.map((row) => JSON.stringify(row, keysOf(row))).sort();
const keysOf = (row: unknown) => Object.keys(row as object).sort();

describe('opening PostgreSQL', () => {
  it('makes the tables once, though ten open it at the same moment', async () => {
    await using postgres = await createPostgres();
    const databases = await Promise.all(
      Array.from({ length: 10 }, () => openDatabase({ url: postgres.url })),
    );
    await Promise.all(databases.map((database) => database.ping()));
    await Promise.all(databases.map((database) => database.close()));
    for (const { noted } of Object.values(AREAS)) {
      const rows = await postgres.query(`SELECT name FROM ${noted} ORDER BY name`);
      expect(rows.map(({ name }) => name)).toContainEqual(expect.stringMatching(/^0001_/));
      expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
    }
  });

  it('makes the tables of the areas that are asked for, and no others', async () => {
    await using postgres = await createPostgres();
    await (await openDatabase({ url: postgres.url, areas: ['collector'] })).close();
    const schemas = async () =>
      (
        await postgres.query(
          `SELECT DISTINCT table_schema AS name FROM information_schema.tables
           WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
        )
      ).map(({ name }) => name);
    expect(await schemas()).toEqual(['sotto_collector']);
    await (await openDatabase({ url: postgres.url })).close();
    expect(await schemas()).toEqual(['public', 'sotto_collector', 'sotto_vendor']);
  });

  it('makes the tables of an area in a schema that the owner of the database has made', async () => {
    await using postgres = await createPostgres();
    const role = `sotto_area_${randomUUID().slice(0, 8)}`;
    await postgres.query(`CREATE ROLE ${role} LOGIN; CREATE SCHEMA sotto_collector AUTHORIZATION ${role}`);
    try {
      const url = new URL(postgres.url);
      url.username = role;
      await (await openDatabase({ url: url.href, areas: ['collector'] })).close();
      expect(await postgres.query('SELECT name FROM sotto_collector.migrations')).not.toEqual([]);
    } finally {
      await postgres.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
    }
  });

  it('leaves what is there when it is opened again', async () => {
    await using postgres = await createPostgres();
    await (await openDatabase({ url: postgres.url })).close();
    const before = await postgres.query('SELECT * FROM sotto_migrations');
    await postgres.query(`INSERT INTO org_settings (org_id, telemetry_enabled) VALUES ('a', false)`);
    await (await openDatabase({ url: postgres.url })).close();
    expect(await postgres.query('SELECT * FROM sotto_migrations')).toEqual(before);
    expect(await postgres.query('SELECT telemetry_enabled FROM org_settings')).toEqual([
      { telemetry_enabled: false },
    ]);
  });

  it('refuses a database that a later program has changed', async () => {
    await using postgres = await createPostgres();
    await (await openDatabase({ url: postgres.url })).close();
    await postgres.query(`INSERT INTO sotto_migrations (name) VALUES ('9999_from_the_future')`);
    await expect(openDatabase({ url: postgres.url })).rejects.toMatchObject({
      name: 'RepositoryError',
      code: 'DATABASE_NEWER',
    });
  });

  it('leaves nothing behind when a step fails', async () => {
    await using postgres = await createPostgres();
    await postgres.query('CREATE TABLE org_tokens (somebody text)');
    const failed = openDatabase({ url: postgres.url });
    await expect(failed).rejects.toMatchObject({ code: 'DATABASE_FAILED', message: /SQLSTATE 42P07/ });
    const tables = await postgres.query(
      `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`,
    );
    expect(tables).toEqual([{ table_name: 'org_tokens' }]);
  });

  it('needs no right to change a database that is up to date', async () => {
    await using postgres = await createPostgres();
    await (await openDatabase({ url: postgres.url })).close();
    const role = `sotto_reader_${randomUUID().slice(0, 8)}`;
    await postgres.query(`CREATE ROLE ${role} LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${role}`);
    const url = new URL(postgres.url);
    url.username = role;
    try {
      const reader = await openDatabase({ url: url.href, areas: ['product'] });
      expect(await reader.orgs.list()).toEqual([]);
      await expect(reader.orgs.register('a')).rejects.toMatchObject({ code: 'DATABASE_FAILED' });
      await reader.close();
    } finally {
      await postgres.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
    }
  });

  it('notes who writes an answer, though that role may write nothing else', async () => {
    await using postgres = await createPostgres();
    await (await openDatabase({ url: postgres.url })).close();
    const role = `sotto_writer_${randomUUID().slice(0, 8)}`;
    await postgres.query(
      `CREATE ROLE ${role} LOGIN; GRANT SELECT, INSERT, UPDATE ON org_settings TO ${role};
       GRANT TEMPORARY ON DATABASE ${new URL(postgres.url).pathname.slice(1)} TO ${role}`,
    );
    try {
      // A table of the same name that hides the audit from this session.
      await postgres.query(
        `SET SESSION AUTHORIZATION ${role};
         CREATE TEMPORARY TABLE org_settings_audit (LIKE public.org_settings);
         INSERT INTO org_settings (org_id, telemetry_enabled) VALUES ('extend', false)`,
      );
      expect(await postgres.query('SELECT changed_by FROM org_settings_audit')).toEqual([
        { changed_by: `sql:${role}` },
      ]);
    } finally {
      await postgres.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
    }
  });
});

describe('who acts', () => {
  /** The name that the history has for a write of a role which says that it is a team. */
  async function nameOfForger(
    grants: (role: string, owner: string) => string,
  ): Promise<{ name: unknown; role: string }> {
    await using postgres = await createPostgres();
    const id = randomUUID().slice(0, 8);
    const [owner, role] = [`sotto_owner_${id}`, `sotto_writer_${id}`];
    await postgres.query(
      `CREATE ROLE ${owner} LOGIN; GRANT ALL ON SCHEMA public TO ${owner}; CREATE ROLE ${role} LOGIN`,
    );
    try {
      const url = new URL(postgres.url);
      url.username = owner;
      await (await openDatabase({ url: url.href, areas: ['product'] })).close();
      await postgres.query(grants(role, owner));
      await postgres.query(
        `SET SESSION AUTHORIZATION ${role};
         SET sotto.actor = 'team_finance';
         INSERT INTO org_settings (org_id, telemetry_enabled) VALUES ('extend', true)`,
      );
      const [entry] = await postgres.query('SELECT changed_by FROM org_settings_audit');
      return { name: entry?.changed_by, role };
    } finally {
      await postgres.query(`DROP OWNED BY ${owner}, ${role}; DROP ROLE ${owner}, ${role}`);
    }
  }

  it('is the role of the connection for one that may only write answers, whatever it says', async () => {
    const { name, role } = await nameOfForger(
      (writer) => `GRANT SELECT, INSERT ON org_settings TO ${writer}`,
    );
    expect(name).toBe(`sql:${role}`);
  });

  it('is whom a role names that is a member of the owner, as one of the service may be', async () => {
    const { name } = await nameOfForger((writer, owner) => `GRANT ${owner} TO ${writer}`);
    expect(name).toBe('team_finance');
  });
});

describe('opening the embedded database', () => {
  it('closes a directory that was open to others, and what is in it', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'sotto-db-'));
    onTestFinished(() => rm(parent, { recursive: true, force: true }));
    const directory = join(parent, 'open');
    await mkdir(join(directory, 'database'), { recursive: true });
    for (const path of [directory, join(directory, 'database')]) await chmod(path, 0o777);
    await (await openDatabase({ directory })).close();
    for (const path of [directory, join(directory, 'database')]) {
      expect((await stat(path)).mode & 0o777).toBe(0o700);
    }
  });

  it('makes its directory for this user only, and finds there what it kept', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'sotto-db-'));
    onTestFinished(() => rm(parent, { recursive: true, force: true }));
    const directory = join(parent, 'a', 'b');
    const first = await openDatabase({ directory });
    await first.orgs.register('kept');
    await first.close();
    for (const path of [join(parent, 'a'), directory, join(directory, 'database')]) {
      expect((await stat(path)).mode & 0o777).toBe(0o700);
    }
    const second = await openDatabase({ directory });
    expect((await second.orgs.list()).map(({ orgId }) => orgId)).toEqual(['kept']);
    await second.close();
    await expect(second.ping()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });
});

describe('opening a database', () => {
  it.each([
    ['nothing', {}],
    ['two things', { url: 'postgresql://127.0.0.1/a', directory: '/tmp' }],
    ['a URL of something else', { url: 'mysql://root:hunter2@127.0.0.1/a' }],
    ['no URL', { url: 'hunter2' }],
    ['a URL with a port that is none', { url: 'postgresql://root:hunter2@127.0.0.1:99999/a' }],
  ])('refuses %s without repeating it', async (_, options) => {
    const error = await openDatabase(options).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'OPTION_INVALID' });
    expect(String((error as Error).stack)).not.toContain('hunter2');
  });
});
