import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type Capture,
  type CaptureOptions,
  openCapture,
  type SeenConnection,
} from '../../../../src/testing/capture/index.js';
import { useBuiltPrograms } from '../../../support/built-programs.js';
import { createDirectory } from '../../../support/directories.js';

const program = useBuiltPrograms({ capture: 'src/testing/capture/capture-program.ts' });
let opened: Capture | undefined;
afterEach(async () => {
  await opened?.[Symbol.asyncDispose]();
  opened = undefined;
});

async function open(options: Omit<CaptureOptions, 'app' | 'program'> = {}): Promise<Capture> {
  opened = await openCapture({ app: 'acme', program: program('capture'), ...options });
  return opened;
}

/** Run a few lines on Node.js as a program behind the capture. @returns what it printed */
async function run({ through, env }: Capture, source: string): Promise<string> {
  const [file = '', ...args] = [...through, process.execPath, '--input-type=module', '-e', source];
  const child = spawn(file, args, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: string[] = [];
  child.stdout.on('data', (text) => printed.push(String(text)));
  child.stderr.on('data', (text) => printed.push(String(text)));
  await once(child, 'close');
  return printed.join('').trim();
}

const only = (connections: readonly SeenConnection[]): SeenConnection => {
  expect(connections.map(({ target }) => target)).toHaveLength(1);
  return connections[0] as SeenConnection;
};

const canSeal = process.platform === 'linux' && process.getuid?.() === 0;

describe.skipIf(!canSeal)('a sealed capture', () => {
  it('reads what a program sends over an encrypted connection to a server that it made up', async () => {
    const capture = await open();
    const printed = await run(
      capture,
      `import { gzipSync } from 'node:zlib';
       const answer = await fetch('https://eu.acme.example/batch/?a=1', {
         method: 'POST', body: gzipSync('{"secret":1}'), headers: { 'content-encoding': 'gzip', 'x-of': 'acme' } });
       console.log(await answer.text());`,
    );
    const { connections, lookups } = await capture.seen();
    const { target, isReadable, requests, bytes } = only(connections);

    expect(printed).toContain('"status":1');
    expect({ target, isReadable }).toEqual({ target: 'eu.acme.example:443', isReadable: true });
    expect(lookups).toContain('eu.acme.example');
    expect(requests.map(({ line }) => line)).toEqual(['POST https://eu.acme.example/batch/?a=1']);
    expect(requests[0]?.headers).toContain('x-of: acme');
    expect(requests[0]?.body.toString()).toBe('{"secret":1}');
    expect(requests[0]?.rawBody).toEqual(gzipSync('{"secret":1}'));
    expect(bytes.toString('latin1')).toContain('POST /batch/?a=1 HTTP/1.1');
  });

  it('knows that it cannot read a connection to a server that the program trusts alone', async () => {
    const capture = await open();
    await run(
      capture,
      `import { connect } from 'node:tls';
       const socket = connect({ host: '203.0.113.9', port: 443, ca: [] });
       socket.on('error', (error) => console.log(error.code));`,
    );
    const { target, isReadable } = only((await capture.seen()).connections);

    expect({ target, isReadable }).toEqual({ target: '203.0.113.9:443', isReadable: false });
  });

  it.each([
    ['a port on which nobody listens', `(await import('node:net')).connect(9999, '203.0.113.9')`],
    ['a port of the other family', `(await import('node:net')).connect(9999, '2001:db8::9')`],
    [
      'a packet',
      `(await import('node:dgram')).createSocket('udp4').unref().send('x', 8125, '203.0.113.9', () => {})`,
    ],
  ])('misses nothing that goes to %s', async (_, source) => {
    const capture = await open();
    await run(capture, `process.on('uncaughtException', () => {}); ${source}`);
    const { isReadable, target } = only((await capture.seen()).connections);

    expect({ isReadable, target }).toEqual({
      isReadable: false,
      target: expect.stringMatching(/not captured/),
    });
  });

  it.each([
    ['is no question', '', ''],
    [
      'stands behind a question',
      '\\x00\\x01\\x01\\x00\\x00\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x04evil\\x04test\\x00\\x00\\x10\\x00\\x01',
      'evil.test',
    ],
  ])('hears what is said to a name server and %s', async (_, before, name) => {
    const capture = await open();
    await run(
      capture,
      `(await import('node:dgram')).createSocket('udp4').unref().send(Buffer.from('${before}what was said beside it', 'latin1'), 53, '203.0.113.9', () => {})`,
    );
    const { connections, lookups = [] } = await capture.seen();

    expect(connections).toEqual([]);
    expect(lookups.join()).toContain(name);
    expect(lookups.join()).toContain('what was said beside it');
    expect(lookups.join()).not.toContain('probe');
  });

  it('leaves what a program says to itself alone', async () => {
    const capture = await open();
    const printed = await run(
      capture,
      `import { createServer, connect } from 'node:net';
       const server = createServer((socket) => socket.end('own'));
       server.listen(0, '127.0.0.1', () => connect(server.address().port, '127.0.0.1').on('data', (text) => {
         console.log(String(text)); server.close(); }));
       connect(9999, '127.0.0.1').on('error', (error) => console.log(error.code));`,
    );

    expect(printed.split('\n').sort()).toEqual(['ECONNREFUSED', 'own']);
    expect(await capture.seen()).toEqual({ connections: [], lookups: [] });
  });

  it('gives the machine and the account other names there, and the command its directory', async () => {
    const capture = await open({ names: { user: 'canary-user', host: 'canary-box' } });
    const printed = await run(
      capture,
      `const { hostname, userInfo } = await import('node:os');
       console.log(hostname(), userInfo().username, process.cwd());`,
    );

    expect(capture.names).toEqual({ user: 'canary-user', host: 'canary-box' });
    expect(printed).toBe(`canary-box canary-user ${process.cwd()}`);
    expect(`${hostname()} ${userInfo().username}`).not.toContain('canary');
  });

  it('forgets when it begins again', async () => {
    const capture = await open();
    await run(
      capture,
      `await fetch('http://a.example/'); (await import('node:net')).connect(9999, '1.2.3.4').on('error', () => {})`,
    );
    expect((await capture.seen()).connections).toHaveLength(2);
    await capture.begin('answer');

    expect(await capture.seen()).toEqual({ connections: [], lookups: [] });
  });
});

const MODES = canSeal ? (['sealed', 'proxied'] as const) : (['proxied'] as const);

describe.each(MODES)('a capture, %s', (mode) => {
  it('receives what the app sends to where it is told to', async () => {
    const capture = await open({ mode });
    await run(
      capture,
      `await fetch(process.env.ACME_TELEMETRY_ENDPOINT + '/batch/', { method: 'POST', body: 'hello' })`,
    );
    const { requests, isReadable } = only((await capture.seen()).connections);

    expect(isReadable).toBe(true);
    expect(requests[0]?.line).toMatch(/^POST https?:\/\/.*\/batch\/$/);
    expect(requests[0]?.body.toString()).toBe('hello');
  });

  it.each([
    ['refuse', 'ECONNREFUSED'],
    ['reset', 'ECONNRESET'],
    ['black-hole', 'nothing'],
    ['slow', 'nothing'],
  ] as const)('can %s', async (conduct, expected) => {
    const capture = await open({ mode });
    await capture.begin(conduct);
    const printed = await run(
      capture,
      `const signal = AbortSignal.timeout(700);
       await fetch(process.env.ACME_TELEMETRY_ENDPOINT, { signal }).then((answer) => answer.text()).catch(({ name, cause }) =>
         console.log(name === 'TimeoutError' ? 'nothing' : cause?.code));
       process.exit();`,
    );

    expect(printed).toBe(expected);
    const { connections } = await capture.seen();
    expect(connections).toHaveLength(conduct === 'refuse' ? 0 : 1);
    await capture.begin('answer');
    await run(capture, `await fetch(process.env.ACME_TELEMETRY_ENDPOINT)`);
    expect((await capture.seen()).connections).toHaveLength(1);
  });

  it('cannot read what a WebSocket would say', async () => {
    const capture = await open({ mode });
    await run(
      capture,
      `const { request } = await import('node:http');
       const { env } = process;
       const [method, headers] = ['GET', { connection: 'Upgrade', upgrade: 'websocket' }];
       const url = env.HTTP_PROXY ?? 'http://acme.example/';
       request(url, { method, headers }).on('response', (answer) => answer.resume()).end();`,
    );

    expect(only((await capture.seen()).connections).isReadable).toBe(false);
  });

  it('sees what stands behind the body of a request', async () => {
    const capture = await open({ mode });
    await run(
      capture,
      `const { connect } = await import('node:http2');
       const client = connect(process.env.HTTP_PROXY ?? 'http://acme.example');
       const stream = client.request({ ':method': 'POST' }, { waitForTrailers: true });
       stream.on('wantTrailers', () => stream.sendTrailers({ 'x-behind': 'a name' }));
       stream.on('close', () => client.close()).resume().end('hello');`,
    );
    const { requests } = only((await capture.seen()).connections);

    expect(requests[0]?.headers).toContain('x-behind: a name');
  });

  it('leaves nothing behind', async () => {
    const capture = await open({ mode });
    const { NODE_EXTRA_CA_CERTS: trust = '' } = capture.env;
    expect(readFileSync(trust, 'utf8')).toContain('BEGIN CERTIFICATE');
    await capture[Symbol.asyncDispose]();
    await capture[Symbol.asyncDispose]();

    expect(existsSync(trust)).toBe(false);
  });
});

describe('the program of a capture', () => {
  const folders = (scratch: string) =>
    readdirSync(scratch).filter((name) => name.startsWith('sotto-capture-'));
  const startIn = (scratch: string) =>
    spawn(process.execPath, [program('capture'), 'proxied'], {
      env: { PATH: process.env.PATH, TMPDIR: scratch },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });

  it('ends where nobody is left whom it could tell that it is ready', async () => {
    const scratch = createDirectory();
    const child = startIn(scratch);
    child.disconnect();
    await once(child, 'exit');

    expect(folders(scratch)).toEqual([]);
  });

  it('takes what it made with it when it is told to end', async () => {
    const scratch = createDirectory();
    const child = startIn(scratch);
    await once(child, 'message');
    expect(folders(scratch)).toHaveLength(1);
    child.kill('SIGTERM');
    await once(child, 'exit');

    expect(folders(scratch)).toEqual([]);
  });

  it.skipIf(!canSeal)('leaves nothing behind where it was killed', async () => {
    const capture = await open();
    const { NODE_EXTRA_CA_CERTS: trust = '' } = capture.env;
    const pid = Number(/proc\/(\d+)\/ns/.exec(capture.through.join(' '))?.[1]);
    process.kill(pid, 'SIGKILL');
    await expect(capture.seen()).rejects.toThrow('has ended');
    await capture[Symbol.asyncDispose]();

    expect(existsSync(dirname(trust))).toBe(false);
  });
});

describe('a proxied capture', () => {
  it('reads what is said through its tunnels, and knows no lookups', async () => {
    const capture = await open({ mode: 'proxied' });
    const script = `curl -sS https://eu.acme.example/x -d hello; curl -sS http://plain.example/y`;
    const child = spawn('sh', ['-c', script], { env: { PATH: process.env.PATH, ...capture.env } });
    await once(child.stdout.resume(), 'close');
    const { connections, lookups } = await capture.seen();

    expect(lookups).toBeUndefined();
    expect(connections.map(({ target, isReadable }) => [target, isReadable])).toEqual([
      ['eu.acme.example:443', true],
      [expect.stringMatching(/^127\.0\.0\.1:/), true],
    ]);
    expect(connections.flatMap(({ requests }) => requests.map(({ line }) => line))).toEqual([
      'CONNECT eu.acme.example:443',
      'POST https://eu.acme.example/x',
      'GET http://plain.example/y',
    ]);
  });
});
