import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../../../src/server/db/index.js';
import { announceOperator } from '../../../../src/server/operator/announcement.js';
import { createOperatorApp, OPERATOR_PATH } from '../../../../src/server/operator/app.js';
import { openOperator, serveOperator } from '../../../../src/server/operator/index.js';
import { createOperatorToken } from '../../../../src/server/operator/token.js';
import { databaseDirectory } from '../../../../src/settings/index.js';
import { openTestDatabase, type TestDatabase } from '../../../support/databases.js';
import { createDirectory } from '../../../support/directories.js';

let kept: TestDatabase;
beforeAll(async () => {
  kept = await openTestDatabase('postgresql');
});
afterAll(() => kept.close());

const TOKEN = createOperatorToken();
const app = (): ReturnType<typeof createOperatorApp> =>
  createOperatorApp({ database: kept.database, token: TOKEN, enabledByDefault: true });

const ask = (body: unknown, headers: Record<string, string> = {}, env?: object): Promise<Response> =>
  Promise.resolve(
    app().request(
      `http://127.0.0.1:8001${OPERATOR_PATH}`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      },
      env,
    ),
  );

const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } });
const STOP = { command: 'stop_all' };
const isStopped = async () => (await kept.database.orgs.readStop()) !== undefined;

describe('the door of the operator', () => {
  it.each([
    ['without the token', { authorization: '' }, from('127.0.0.1'), 401],
    ['with another token', { authorization: `Bearer ${createOperatorToken()}` }, from('127.0.0.1'), 401],
    ['from another machine', {}, from('10.0.0.7'), 403],
    ['by another name of this machine', { host: 'attacker.example' }, from('127.0.0.1'), 403],
    ['from a page of another origin', { origin: 'https://attacker.example' }, from('127.0.0.1'), 403],
  ])('stays shut %s', async (_, headers, env, status) => {
    const answered = await ask(STOP, headers, env);
    expect(answered.status).toBe(status);
    expect(answered.headers.get('content-type')).toBe('application/problem+json');
    expect(await isStopped()).toBe(false);
  });

  it.each([
    ['no JSON', 'stop_all', 400],
    ['no command', {}, 422],
    ['an unknown command', { command: 'drop_all' }, 422],
    ['more than the command takes', { command: 'stop_all', org: 'acme' }, 422],
    ['an organisation without a name', { command: 'set_answer', orgId: '', telemetryEnabled: false }, 422],
    ['a line break in a name', { command: 'set_answer', orgId: 'a\nb', telemetryEnabled: false }, 422],
    ['65 characters', { command: 'set_answer', orgId: '😀'.repeat(65), telemetryEnabled: false }, 422],
    ['half a character', { command: 'set_answer', orgId: '\ud83d', telemetryEnabled: false }, 422],
    ['a word for no', { command: 'set_answer', orgId: 'acme', telemetryEnabled: 'false' }, 422],
    ['too much', ' '.repeat(40_000), 413],
  ])('refuses %s', async (_, body, status) => {
    expect((await ask(body)).status).toBe(status);
    expect(await kept.database.orgs.list()).toEqual([]);
  });

  const license = (changes: object = {}) => ({
    command: 'create_license',
    customerId: 'acme',
    customerName: 'Acme Ltd',
    expiresAtMs: null,
    entitlements: { max_teams: -1, max_runs_per_month: -1, features: [] },
    ...changes,
  });

  it('makes the largest licence that there may be, and none that is larger', async () => {
    const entitlements = (count: number) => ({
      max_teams: Number.MAX_SAFE_INTEGER,
      max_runs_per_month: Number.MAX_SAFE_INTEGER,
      // A character that JSON spells in six.
      features: Array.from({ length: count }, () => '\u0001'.repeat(64)),
    });
    const largest = {
      customerId: 'a'.repeat(64),
      customerName: '😀'.repeat(128),
      expiresAtMs: Number.MAX_SAFE_INTEGER,
      entitlements: entitlements(64),
    };
    expect(JSON.stringify(license(largest)).length).toBeGreaterThan(24_576);
    await expectMade(license({ ...largest, expiresAtMs: Date.UTC(9999, 0) }));
    expect((await ask(license({ ...largest, entitlements: entitlements(65) }))).status).toBe(422);
  });

  async function expectMade(command: { readonly customerId: string; readonly customerName: string }) {
    const { customerId, customerName } = command;
    const answered = await ask(command);
    expect({ status: answered.status, body: await answered.json() }).toMatchObject({
      status: 200,
      body: { license: { customerId, customerName } },
    });
  }

  it.each(['-1', '-acme', '_acme', '', 'a b', 'a'.repeat(65), 'acme\n'])(
    'makes no licence for a customer whose id is %j',
    async (customerId) => {
      const answered = await ask(license({ customerId }));
      expect({ status: answered.status, body: await answered.json() }).toMatchObject({
        status: 422,
        body: { detail: expect.stringContaining('begin with a letter or a digit') },
      });
      expect(await kept.database.licenses.list(customerId)).toEqual([]);
    },
  );

  it.each([
    ['a turn of direction', 'Acme \u202egnp.exe'],
    ['an isolate', 'Acme \u2067Ltd'],
    ['a mark of direction', 'Acme\u200f'],
    ['a space of no width', 'Ac\u200bme'],
    ['a hyphen that is not seen', 'Ac\u00adme'],
    ['a byte order mark', '\ufeffAcme'],
    ['a line separator', 'Acme\u2028Ltd'],
    ['a tag', 'Acme\u{e0041}'],
  ])('makes no licence for a customer whose name holds %s', async (_, customerName) => {
    const answered = await ask(license({ customerId: 'hidden', customerName }));
    expect({ status: answered.status, body: await answered.json() }).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('without being seen') },
    });
    expect(await kept.database.licenses.list('hidden')).toEqual([]);
  });

  it.each(['Größe & 株式会社', 'شركة', 'נציגות', 'می\u200cخواهم', '👩\u200d💻 Labs', '0-_9'])(
    'makes a licence for %s',
    async (customerName) => {
      await expectMade(license({ customerId: '0-_9', customerName }));
    },
  );

  it.each([
    'operator',
    'Operator',
    ' operator ',
    'sql:postgres',
    'SQL:postgres',
    'tok_0123456789abcdef',
    'TOK_1',
  ])('makes no token for a team %j, which the history would take for another', async (teamNodeId) => {
    const answered = await ask({
      command: 'create_token',
      orgId: 'acme',
      teamNodeId,
      scope: 'admin',
      expiresAtMs: null,
    });
    expect({ status: answered.status, body: await answered.json() }).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('The id of a team must not be') },
    });
    expect(await kept.database.tokens.list()).toEqual([]);
  });

  it('opens to who has the token, on this machine', async () => {
    const answered = await ask(STOP, {}, from('::1'));
    expect({ status: answered.status, body: await answered.json() }).toEqual({
      status: 200,
      body: { changed: true },
    });
    expect(await isStopped()).toBe(true);
    expect(await (await ask({ command: 'resume_all' })).json()).toEqual({ changed: true });
  });

  it('keeps a no for an organisation that nobody knew, and no yes', async () => {
    const yes = await ask({ command: 'set_answer', orgId: 'unheard', telemetryEnabled: true });
    expect({ status: yes.status, body: await yes.json() }).toMatchObject({
      status: 404,
      body: { code: 'ORG_NOT_FOUND' },
    });
    const no = await ask({ command: 'set_answer', orgId: 'unheard', telemetryEnabled: false });
    expect(await no.json()).toMatchObject({ changed: true, wasKnown: false });
    expect(await kept.database.orgs.read('unheard')).toMatchObject({
      answer: { telemetryEnabled: false, updatedBy: 'operator' },
    });
  });
});

describe('an operator of the embedded database', () => {
  it('waits for a process that starts, works through it, and by itself once it has ended', async () => {
    const dataDirectory = createDirectory();
    const settings = { databaseUrl: undefined, dataDirectory, enabledByDefault: false };
    // What a process has announced that was killed long ago, and whose port is of another program now.
    announceOperator(dataDirectory, { url: 'http://127.0.0.1:9', token: createOperatorToken() });
    const database = await openDatabase({ directory: databaseDirectory(dataDirectory) });
    onTestFinished(() => database.close());
    await expect(openOperator(settings, { patienceMs: 0 })).rejects.toMatchObject({
      code: 'DATABASE_IN_USE',
    });

    let stop: Promise<() => Promise<void>> | undefined;
    const onWaiting = () => {
      stop = serveOperator({ database, dataDirectory, enabledByDefault: true });
    };
    const operator = await openOperator(settings, { onWaiting });
    const file = join(dataDirectory, 'operator.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const made = await operator.perform({
      command: 'create_token',
      orgId: 'acme',
      teamNodeId: null,
      scope: 'admin',
      expiresAtMs: null,
    });
    expect(await database.tokens.verify(made.text)).toMatchObject({ orgId: 'acme', scope: 'admin' });
    expect(await operator.perform({ command: 'stop_all' })).toEqual({ changed: true });
    // What counts without an answer, the process says that counts.
    expect(await operator.perform({ command: 'read_status', orgId: null })).toMatchObject({
      enabledByDefault: true,
      orgs: [{ orgId: 'acme', answer: null, isCounted: false }],
    });
    await expect(
      operator.perform({ command: 'set_answer', orgId: 'acme', telemetryEnabled: true }),
    ).rejects.toMatchObject({ code: 'TELEMETRY_STOPPED' });
    await expect(operator.perform({ command: 'read_status', orgId: 'else' })).rejects.toMatchObject({
      code: 'ORG_NOT_FOUND',
    });

    await (await stop)?.();
    expect(existsSync(file)).toBe(false);
    await expect(operator.perform({ command: 'resume_all' })).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    });
    await database.close();
    await using direct = await openOperator(settings);
    expect(await direct.perform({ command: 'resume_all' })).toEqual({ changed: true });
  }, 120_000);

  it('does not take back what another process has announced since', () => {
    const directory = createDirectory();
    const announce = () =>
      announceOperator(directory, { url: 'http://127.0.0.1:9', token: createOperatorToken() });
    const withdraw = announce();
    announce();
    withdraw();
    expect(existsSync(join(directory, 'operator.json'))).toBe(true);
  });
});
