import { once } from 'node:events';
import { realpathSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startFlusher, toFlusherEnv } from '../../../../src/delivery/flusher/start-flusher.js';
import { createDirectory } from '../../../support/directories.js';
import { NO_PROXIES } from '../../../support/no-proxies.js';
import { runProgram } from '../../../support/run-program.js';

const program = (name: string) => new URL(`programs/${name}`, import.meta.url);
const SCRIPT = fileURLToPath(program('report.mjs'));

/** @returns where a flusher can report to, and its connection when it has come */
async function listen(): Promise<{ readonly port: string; readonly connection: Promise<Socket> }> {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  const connection = once(server, 'connection').then(([socket]: Socket[]) => socket!);
  await once(server, 'listening');
  return { port: String((server.address() as AddressInfo).port), connection };
}

interface Report {
  readonly argv: readonly string[];
  readonly execArgv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly isPreloaded: boolean;
}

/** Ask the flusher what it sees, and let it end. */
async function ask(socket: Socket): Promise<Report> {
  socket.write('?');
  return (await json(socket)) as Report;
}

describe('a flusher', () => {
  it('outlives the program that started it while it ended, and shares nothing with it but the environment', async () => {
    const directory = createDirectory();
    const preload = join(directory, 'preload.mjs');
    writeFileSync(preload, 'globalThis.isPreloaded = true;');
    const { port, connection } = await listen();
    const result = await runProgram(program('start-and-end.ts'), {
      arguments: [SCRIPT, directory],
      env: {
        REPORT_TO: port,
        NODE_OPTIONS: `--import ${pathToFileURL(preload).href}`,
        DO_NOT_TRACK: '1',
        HTTPS_PROXY: 'http://127.0.0.1:9',
      },
    });
    const stdout = JSON.stringify({ isStarted: true, isPreloaded: true });
    expect(result).toEqual({ code: 7, signal: null, stdout, stderr: '' });

    const { env, ...report } = await ask(await connection);
    expect(report).toMatchObject({
      argv: [realpathSync(process.execPath), SCRIPT],
      execArgv: [],
      cwd: realpathSync(directory),
      isPreloaded: false,
    });
    expect(env).toMatchObject({
      DO_NOT_TRACK: '1',
      HTTPS_PROXY: 'http://127.0.0.1:9',
      SOTTO_FLUSHER: 'a-token',
      PATH: process.env.PATH,
    });
    expect(env).not.toHaveProperty('NODE_OPTIONS');
  });

  it.each([
    ['there is no script', join(import.meta.dirname, 'missing.mjs'), '.'],
    ['there is no directory', SCRIPT, 'missing'],
  ])('is not started where %s', async (_, script, directory) => {
    const result = await runProgram(program('start-and-end.ts'), {
      arguments: [script, join(createDirectory(), directory)],
    });
    const stdout = JSON.stringify({ isStarted: false, isPreloaded: false });
    expect(result).toEqual({ code: 7, signal: null, stdout, stderr: '' });
  });

  it('that cannot be started is nobody’s error, at once or later', async () => {
    const start = {
      script: SCRIPT,
      directory: join(createDirectory(), 'missing'),
      token: 't',
      environment: { env: {}, dotenv: {} },
      proxies: NO_PROXIES,
    };
    expect(startFlusher(start)).toBe(false);
    await new Promise((resolve) => setImmediate(resolve));
    expect(startFlusher({ ...start, directory: 'a\0b' })).toBe(false);
  });
});

describe('the environment of a flusher', () => {
  const envOf = (env: Record<string, string | undefined>) =>
    toFlusherEnv({ environment: { env, dotenv: {} }, proxies: NO_PROXIES }, 'token');

  it.each([
    'ELECTRON_RUN_AS_NODE',
    'NODE_CHANNEL_FD',
    'NODE_CHANNEL_SERIALIZATION_MODE',
    'NODE_DEBUG',
    'NODE_DEBUG_NATIVE',
    'NODE_INSPECT_RESUME_ON_START',
    'NODE_OPTIONS',
    'NODE_PATH',
    'NODE_REDIRECT_WARNINGS',
    'NODE_REPL_HISTORY',
    'NODE_UNIQUE_ID',
    'NODE_V8_COVERAGE',
    'Node_Options',
    'VSCODE_INSPECTOR_OPTIONS',
    'sotto_flusher',
  ])('has no %s', (name) => {
    expect(envOf({ [name]: 'x' })).toEqual({ SOTTO_FLUSHER: 'token' });
  });

  it.each([
    'ACME_TELEMETRY_ENABLED',
    'CI',
    'DO_NOT_TRACK',
    'HOME',
    'NODE_ENV',
    'NODE_EXTRA_CA_CERTS',
    'NODE_TEST_CONTEXT',
  ])('keeps %s', (name) => {
    expect(envOf({ [name]: 'x' })).toEqual({ [name]: 'x', SOTTO_FLUSHER: 'token' });
  });

  it.each(['NODE_EXTRA_CA_CERTS', 'LD_PRELOAD', 'ACME_TELEMETRY_ENABLED'])(
    'has no %s that .env may have set',
    (name) => {
      const environment = { env: { [name]: 'true' }, dotenv: { [name]: 'true' } };
      expect(toFlusherEnv({ environment, proxies: NO_PROXIES }, 'token')).toEqual({ SOTTO_FLUSHER: 'token' });
    },
  );

  it('keeps an opt-out, whoever set it', () => {
    const environment = { env: { DO_NOT_TRACK: '1' }, dotenv: { DO_NOT_TRACK: '1' } };
    expect(toFlusherEnv({ environment, proxies: NO_PROXIES }, 'token')).toMatchObject({ DO_NOT_TRACK: '1' });
  });

  it('names the proxies that this process uses, and no others', () => {
    const env = { HTTPS_PROXY: 'http://theirs', http_proxy: 'http://theirs', No_Proxy: '*' };
    expect(envOf(env)).toEqual({ SOTTO_FLUSHER: 'token' });
    const environment = { env, dotenv: {} };
    const proxies = { ...NO_PROXIES, https: 'http://ours' };
    expect(toFlusherEnv({ environment, proxies }, 'token')).toEqual({
      HTTPS_PROXY: 'http://ours',
      SOTTO_FLUSHER: 'token',
    });
  });

  it('leaves the given one as it is, and has nothing that is undefined', () => {
    const env = { NODE_OPTIONS: '--inspect', HOME: undefined };
    expect(Object.keys(envOf(env))).toEqual(['SOTTO_FLUSHER']);
    expect(env).toEqual({ NODE_OPTIONS: '--inspect', HOME: undefined });
  });
});
