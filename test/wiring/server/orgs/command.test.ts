import { existsSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../../../e2e/support/sandbox.js';
import { createPostgres, type TestPostgres } from '../../../support/postgres.js';
import { type ProgramResult, runProgram } from '../../../support/run-program.js';
import { run } from '../../../unit/cli/commands/run-service-command.js';
import { SOTTO, serve } from '../../cli/serve-program.js';
import { ask, get, put } from './support.js';

const PROGRAM = new URL(`file://${SOTTO}`);
const OFF = { telemetry_enabled: false };
const ON = { telemetry_enabled: true };

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox[Symbol.dispose]());

const org = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<ProgramResult> =>
  runProgram(PROGRAM, {
    arguments: ['org', ...args],
    cwd: sandbox.root,
    env: { ...sandbox.env, LANG: 'C.UTF-8', ...env },
  });

const done = (stdout: unknown) => ({ code: 0, stdout });

describe('the operator’s commands', () => {
  it('work beside services on PostgreSQL, and never show the password of its address', async () => {
    await using postgres = await createPostgres();
    const address = new URL(postgres.url);
    address.password = 'hunter2';
    const env = { DATABASE_URL: address.href };
    const program = serve(sandbox, SOTTO, ['serve', '--roles', 'orgs', '--port', '0'], env);
    const said: string[] = [];
    const command = async (...args: string[]) => {
      const { status: code, stdout, stderr } = await run(['org', ...args], env);
      said.push(stdout, stderr);
      return { code, stdout, stderr };
    };

    const created = await command('token', 'create', '--org', 'acme', '--team', 'team_a', '--scope', 'admin');
    expect(created).toMatchObject(done(expect.stringMatching(/^tok_[\da-f]{16}\.[\w-]{43}\n$/)));
    expect(created.stderr).toContain('shown this once');
    const token = created.stdout.trim();
    const [tokenId = '', secret = ''] = token.split('.');
    const service = { url: await program.url };
    expect(await put(service, token, ON)).toMatchObject({
      status: 200,
      body: { ...ON, updated_by: 'team_a' },
    });

    expect(await command('disable', '--all')).toMatchObject(
      done(expect.stringContaining('stopped for every')),
    );
    expect(await get(service, token)).toMatchObject({ body: OFF });
    expect(await put(service, token, ON)).toMatchObject({ status: 409 });
    expect(await command('disable', '--all')).toMatchObject(
      done(expect.stringContaining('as it was before')),
    );
    const refused = await command('enable', '--org', 'acme');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('sotto org resume --all');

    expect(await command('resume', '--all')).toMatchObject(
      done(expect.stringContaining('The stop is lifted.')),
    );
    expect(await get(service, token)).toMatchObject({ body: ON });
    expect(await command('disable', '--org', 'acme')).toMatchObject(
      done(expect.stringContaining('off for acme.')),
    );
    expect(await get(service, token)).toMatchObject({ body: { ...OFF, updated_by: 'operator' } });
    expect(JSON.parse((await command('status', '--json')).stdout)).toEqual({
      stopped_at: null,
      enabled_by_default: true,
      orgs: [
        { org_id: 'acme', ...OFF, answer: false, updated_at: expect.any(String), updated_by: 'operator' },
      ],
    });

    const listed = JSON.parse((await command('token', 'list', '--json')).stdout) as unknown;
    expect(listed).toMatchObject([{ token_id: tokenId, org_id: 'acme', revoked_at: null }]);
    expect(await command('token', 'revoke', tokenId)).toMatchObject(
      done(expect.stringContaining('opens nothing')),
    );
    expect(await get(service, token)).toMatchObject({ status: 401 });
    expect(await command('token', 'revoke', tokenId)).toMatchObject({ code: 1, stdout: '' });

    expect(said.join('')).not.toContain('hunter2');
    expect(said.join('').split(secret)).toHaveLength(2);
    expect(sandbox.leftOver()).toEqual([]);
  }, 240_000);

  it('work while a service has the embedded database, through that service, and after it', async () => {
    const env = { SOTTO_DATA_DIR: `${sandbox.root}/services` };
    const program = serve(sandbox, SOTTO, ['serve', '--roles', 'orgs', '--port', '0'], env);
    const url = await program.url;
    const announced = `${env.SOTTO_DATA_DIR}/operator.json`;
    expect(statSync(announced).mode & 0o777).toBe(0o600);

    const created = await org(['token', 'create', '--org', 'acme'], env);
    const token = created.stdout.trim();
    expect(await get({ url }, token)).toMatchObject({ status: 200, body: ON });
    expect(await org(['disable', '--all'], env)).toMatchObject(
      done(expect.stringContaining('stopped for every')),
    );
    expect(await get({ url }, token)).toMatchObject({ status: 200, body: OFF });

    // What a process has announced that is no more leads nobody astray.
    program.signal('SIGKILL');
    await program.outcome;
    expect(existsSync(announced)).toBe(true);
    expect(await org(['resume', '--all'], env)).toMatchObject(
      done(expect.stringContaining('The stop is lifted.')),
    );
  }, 240_000);
});

describe('where there is no database to be had', () => {
  it('a command says so in a sentence without the address', async () => {
    const env = { DATABASE_URL: 'postgresql://boss:hunter2@127.0.0.1:9/secret_name' };
    const { code, stdout, stderr } = await org(['disable', '--all'], env);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr).not.toMatch(/hunter2|secret_name|127\.0\.0\.1/);
  });

  it('a wrong variable is named, and its value is not', async () => {
    const { code, stderr } = await org(['status'], { DATABASE_URL: 'mysql://hunter2' });
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^DATABASE_URL must be/),
    });
    expect(stderr).not.toContain('hunter2');
  });
});

describe('the door of the operator', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await createPostgres();
  });
  afterAll(() => postgres.drop());

  it('is not there where the database is a server, which everybody reaches by itself', async () => {
    const program = serve(sandbox, SOTTO, ['serve', '--roles', 'orgs', '--port', '0'], {
      DATABASE_URL: postgres.url,
    });
    const answered = await ask(`${await program.url}/api/v1/operator`, undefined, {
      method: 'POST',
      body: { command: 'stop_all' },
    });
    expect(answered.status).toBe(404);
  });
});
