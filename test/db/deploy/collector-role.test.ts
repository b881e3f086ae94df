import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPostgres, type TestPostgres } from '../../support/postgres.js';

const SCRIPT = fileURLToPath(new URL('../../../deploy/postgresql/collector-role.sql', import.meta.url));

let postgres: TestPostgres;
let role: string;
beforeEach(async () => {
  postgres = await createPostgres();
  // Roles belong to the server, not to a database of it.
  role = `sotto_test_${randomBytes(6).toString('hex')}`;
});
afterEach(async () => {
  await postgres.query(`DROP ROLE IF EXISTS ${role}`);
  await postgres.drop();
});

async function runScript(env: Readonly<Record<string, string>>) {
  const child = spawn(
    'psql',
    ['--no-psqlrc', '--quiet', '--set', `role=${role}`, '--file', SCRIPT, postgres.url],
    {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await ended, stdout, stderr };
}

const rolesOf = (columns: string) =>
  postgres.query(`SELECT ${columns} FROM pg_roles WHERE rolname = '${role}'`);

it('makes a role that may sign in and nothing else, as often as it is run', async () => {
  for (const password of ["it's one", 'another']) {
    const outcome = await runScript({ COLLECTOR_DATABASE_PASSWORD: password });
    expect(outcome).toEqual({ status: 0, stdout: '', stderr: '' });
  }
  expect(
    await rolesOf('rolcanlogin, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls'),
  ).toEqual([
    {
      rolcanlogin: true,
      rolsuper: false,
      rolcreatedb: false,
      rolcreaterole: false,
      rolreplication: false,
      rolbypassrls: false,
    },
  ]);
});

it('gives it the password of the variable', async () => {
  await runScript({ COLLECTOR_DATABASE_PASSWORD: "it's one" });
  const before = await hashOf();
  await runScript({ COLLECTOR_DATABASE_PASSWORD: 'another' });
  expect(before).toMatch(/^SCRAM-SHA-256\$/);
  expect(await hashOf()).not.toBe(before);
});

it('lets it read nothing that it was not granted', async () => {
  await postgres.query('CREATE TABLE orders (id int); REVOKE CREATE ON SCHEMA public FROM PUBLIC');
  await runScript({ COLLECTOR_DATABASE_PASSWORD: 'one' });
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  try {
    await client.query(`SET ROLE ${role}`);
    await expect(client.query('SELECT * FROM orders')).rejects.toThrow('permission denied');
    await expect(client.query('CREATE TABLE mine ()')).rejects.toThrow('permission denied');
  } finally {
    await client.end();
  }
});

it('changes nothing without a password', async () => {
  const { status, stderr } = await runScript({});
  expect(status).not.toBe(0);
  expect(stderr).toContain('Set COLLECTOR_DATABASE_PASSWORD first');
  expect(await rolesOf('rolname')).toEqual([]);
});

async function hashOf(): Promise<unknown> {
  const [row] = await postgres.query(`SELECT rolpassword FROM pg_authid WHERE rolname = '${role}'`);
  return row?.rolpassword;
}
