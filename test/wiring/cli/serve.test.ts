import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createSandbox, type Sandbox } from '../../e2e/support/sandbox.js';
import { RecordingServer } from '../../support/recording-server.js';
import { ACME, SOTTO, serve } from './serve-program.js';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await createSandbox();
});
afterEach(() => sandbox[Symbol.dispose]());

const ANY_PORT = ['--port', '0'];

const get = async (url: string, token?: string): Promise<Record<string, unknown>> => {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return (await fetch(url, { headers })).json() as Promise<Record<string, unknown>>;
};

const post = async (url: string, token: string, body: object): Promise<Record<string, unknown>> => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return response.json() as Promise<Record<string, unknown>>;
};

const tokenOf = async (program: string, args: readonly string[], env = {}): Promise<string> =>
  (await serve(sandbox, program, [...args, 'token'], env).outcome).stdout.trim();

/** The app's config file at its own place. */
function writeConfig(path: string, features: object): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, JSON.stringify({ features }));
}

describe('the telemetry command of an app serves', () => {
  it('the local API to whoever has the token, until Ctrl-C', async () => {
    const program = serve(sandbox, ACME, ['telemetry', 'serve', ...ANY_PORT]);
    const url = await program.url;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/telemetry$/);
    expect(await get(`${url}/health`)).toMatchObject({
      ok: true,
      telemetry_active: false,
      feature_flag: true,
    });
    expect(await get(`${url}/settings`)).toMatchObject({ status: 401, code: 'REQUEST_UNAUTHORIZED' });
    expect(sandbox.leftOver()).toEqual([]);

    const token = await tokenOf(ACME, ['telemetry']);
    expect(await get(`${url}/settings`, token)).toMatchObject({ settings: { telemetry_opt_in: false } });
    expect(await post(`${url}/opt_in`, token, { dry_run: true })).toMatchObject({ telemetry_active: true });

    program.signal('SIGINT');
    const { status, stdout, stderr } = await program.outcome;
    expect({ status, stdout }).toEqual({ status: 130, stdout: `${url}\n` });
    expect(stderr.split('\n')).toEqual([
      `Listening on ${new URL(url).origin}, for this machine only.`,
      `Your own page: ${new URL(url).origin}/. It asks for the token.`,
      'Token: run `acme telemetry token`.',
      expect.stringMatching(
        /^Mode: off\. Telemetry is off: nobody has agreed to it\. Run `acme telemetry enable`/,
      ),
      'Ctrl-C ends this.',
      '',
    ]);
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });

  it('and ends in order when it is asked to in the background', async () => {
    const program = serve(sandbox, ACME, ['telemetry', 'serve', ...ANY_PORT]);
    const url = await program.url;
    await get(`${url}/health`);
    program.signal('SIGTERM');
    expect(await program.outcome).toMatchObject({ status: 0, stdout: `${url}\n` });
  });

  it('what is recorded through it, before it has ended', async () => {
    const server = await RecordingServer.start();
    onTestFinished(() => server.close());
    const env = { TEST_HOST: server.url };
    const program = serve(sandbox, ACME, ['telemetry', 'serve', ...ANY_PORT], env);
    const url = await program.url;
    const token = await tokenOf(ACME, ['telemetry'], env);
    await post(`${url}/opt_in`, token, { dry_run: false });
    expect(await post(`${url}/features`, token, { feature: 'toolkit.launch' })).toMatchObject({
      recorded: true,
    });
    program.signal('SIGINT');
    expect((await program.outcome).status).toBe(130);
    const shown = await serve(sandbox, ACME, ['telemetry', 'show-data', '--usage', '--json'], env).outcome;
    expect(JSON.parse(shown.stdout)).toMatchObject({ features: { 'toolkit.launch': { total: 1 } } });
  });

  it('nothing on a port that is taken, and says so', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    onTestFinished(() => void other.close());
    const port = String((other.address() as AddressInfo).port);
    const { status, stdout, stderr } = await serve(sandbox, ACME, ['telemetry', 'serve', '--port', port])
      .outcome;
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^port is taken by another program; [^\n]+\n$/);
  });

  it.each(['65536', '-1', '80a', '', '1.5'])('nothing on what is no port: %j', async (port) => {
    const { status, stdout, stderr } = await serve(sandbox, ACME, ['telemetry', 'serve', `--port=${port}`])
      .outcome;
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('The value of --port is no port.');
  });
});

describe('the program sotto serves', () => {
  const ARGS = ['--app', 'acme'];
  const serveAcme = (more: readonly string[] = [], env = {}) =>
    serve(sandbox, SOTTO, [...ARGS, 'serve', ...ANY_PORT, ...more], env);

  it('under the umbrella flag of the app, which is off unless its config file says otherwise', async () => {
    const program = serveAcme();
    const url = await program.url;
    expect(await get(`${url}/health`)).toMatchObject({
      flag_enabled: false,
      telemetry_active: false,
      crash_active: false,
      diagnostics_active: false,
      dry_run: true,
      feature_flag: false,
      reason: 'umbrella_flag',
    });
    expect(program.told()).toContain('Token: run `sotto --app acme token`.');
    program.signal('SIGINT');
    expect((await program.outcome).status).toBe(130);
    expect(sandbox.leftOver()).toEqual([]);
  });

  it('and keeps everything here while nobody names a server, whatever the person allows', async () => {
    writeConfig(join(sandbox.root, 'home', '.config', 'acme', 'acme.json'), { enable_observability: true });
    const program = serveAcme();
    const url = await program.url;
    const token = await tokenOf(SOTTO, ARGS);
    await post(`${url}/opt_in`, token, { dry_run: false });
    expect(await get(`${url}/health`)).toMatchObject({
      mode: 'local',
      telemetry_opt_in: true,
      dry_run: true,
    });
    const recorded = await post(`${url}/events`, token, { event: 'asset.saved', payload: { size: 3 } });
    expect(recorded).toMatchObject({ recorded: true });
    expect(await get(`${url}/events`, token)).toMatchObject({
      events: [{ event: 'asset.saved', payload: { size: 3 } }],
    });
    expect(await get(`${url}/preview`, token)).toMatchObject({ mode: 'local', waiting: [] });
    program.signal('SIGTERM');
    expect((await program.outcome).status).toBe(0);
  });

  it('and sends to the server that the environment names, with its key', async () => {
    const server = await RecordingServer.start();
    onTestFinished(() => server.close());
    writeConfig(join(sandbox.root, 'flags.json'), { enable_privacy_telemetry: true });
    const env = {
      ACME__TELEMETRY__POSTHOG_API_KEY: 'phc_of_the_environment',
      ACME__TELEMETRY__POSTHOG_HOST: server.url,
    };
    const program = serveAcme(['--config-file', 'flags.json'], env);
    const url = await program.url;
    const token = await tokenOf(SOTTO, ARGS, env);
    await post(`${url}/opt_in`, token, { dry_run: false });
    expect(await get(`${url}/health`)).toMatchObject({ mode: 'on', feature_flag: true });
    await post(`${url}/events`, token, { event: 'asset.saved', payload: { size: 3 } });
    program.signal('SIGINT');
    expect((await program.outcome).status).toBe(130);
    expect(server.messages).toEqual([expect.objectContaining({ event: 'asset.saved' })]);
    expect(server.requests.map(({ text }) => text).join()).toContain('phc_of_the_environment');
  });

  it('health to a user without home, who can have no token', async () => {
    const program = serveAcme([], { HOME: '' });
    const url = await program.url;
    expect(await get(`${url}/health`)).toMatchObject({ ok: true, mode: 'off', telemetry_active: false });
    const { status, stdout, stderr } = await serve(sandbox, SOTTO, [...ARGS, 'token'], { HOME: '' }).outcome;
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^There is no place for a token: [^\n]+\n$/);
    program.signal('SIGTERM');
    expect((await program.outcome).status).toBe(0);
    expect(existsSync(join(sandbox.root, 'local-api-token'))).toBe(false);
  });

  it.each([
    [[''], 'The value of --config-file is empty.'],
    [['flags.yaml'], 'configFile must be the absolute path of a .json or .toml file'],
  ])('nothing with a config file that cannot be one: %j', async ([file], expected) => {
    const { status, stdout, stderr } = await serveAcme([`--config-file=${file}`]).outcome;
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(expected);
  });
});
