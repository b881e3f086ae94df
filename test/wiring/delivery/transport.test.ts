import { randomUUID } from 'node:crypto';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { connectPostHog, type PostHogConfig } from '../../../src/delivery/index.js';
import type { SendResult } from '../../../src/delivery/send-result.js';
import type { Proxies } from '../../../src/settings/index.js';
import { refusedUrl, startBadServer, startUntrustedServer, WAYS } from '../../support/bad-server.js';
import { startForwardProxy } from '../../support/forward-proxy.js';
import { startFullServer } from '../../support/full-server.js';
import { NO_PROXIES } from '../../support/no-proxies.js';
import { RecordingServer } from '../../support/recording-server.js';
import { runProgram } from '../../support/run-program.js';
import { startTrustedServer } from '../../support/trusted-server.js';
import { buildEvent } from '../../unit/delivery/build-event.js';

const TIMEOUT_MS = 500;
/** A busy machine may be this many times slower than its clock says. */
const PATIENCE = 10;

const connectTo = (host: string, options: Partial<PostHogConfig> = {}) =>
  connectPostHog({
    key: 'phc_test',
    host,
    requestTimeoutMs: 10_000,
    mayRequest: () => true,
    proxies: NO_PROXIES,
    compressionThresholdBytes: undefined,
    ...options,
  });

const send = (host: string, options: Partial<PostHogConfig> = {}) =>
  connectTo(host, options).send([buildEvent(1)]);

const ACCEPTED: SendResult = { status: 'accepted' };
const REJECTED: SendResult = { status: 'rejected' };
const RETRY: SendResult = { status: 'retry' };
const UNREACHABLE: SendResult = { status: 'retry', isUnreachable: true };
const AFTER_SEVEN_SECONDS: SendResult = { status: 'retry', afterMs: 7_000 };

const RESULTS: Record<keyof typeof WAYS, SendResult> = {
  ok: ACCEPTED,
  'no content': ACCEPTED,
  'a page for people': UNREACHABLE,
  'a page that says no': REJECTED,
  'partial JSON': ACCEPTED,
  'no JSON': ACCEPTED,
  'an answer that is cut off': UNREACHABLE,
  'an answer that ends early': UNREACHABLE,
  'an answer that hangs': UNREACHABLE,
  'an answer that drips': UNREACHABLE,
  'headers alone': UNREACHABLE,
  'no answer': UNREACHABLE,
  'nothing but 100': UNREACHABLE,
  'nothing but 103': UNREACHABLE,
  'another protocol': UNREACHABLE,
  'no HTTP': UNREACHABLE,
  'endless headers': UNREACHABLE,
  'a reset': UNREACHABLE,
  'a closed connection': UNREACHABLE,
  'a flood': ACCEPTED,
  'a gzip bomb': ACCEPTED,
  'broken gzip': ACCEPTED,
  'a redirect elsewhere': UNREACHABLE,
  'a redirect to itself': UNREACHABLE,
  '429 with seconds': AFTER_SEVEN_SECONDS,
  '429 with a date': { status: 'retry', afterMs: expect.closeTo(600_000, -4) as number },
  '503 with seconds': AFTER_SEVEN_SECONDS,
  '511 with seconds': UNREACHABLE,
  400: REJECTED,
  401: REJECTED,
  403: REJECTED,
  404: REJECTED,
  407: UNREACHABLE,
  408: RETRY,
  409: REJECTED,
  413: { status: 'too_large' },
  429: RETRY,
  500: RETRY,
  502: RETRY,
  503: RETRY,
  504: RETRY,
};

describe('a server that answers with', () => {
  it.each(Object.entries(WAYS))('%s has its result, in time and bounded memory', async (name, way) => {
    await using server = await startBadServer(way);
    // Loads what is loaded late, whose time and memory are not the server's doing.
    await send(await refusedUrl());
    const startMs = performance.now();
    const memoryBefore = process.memoryUsage().rss;
    const result = await send(server.url, { requestTimeoutMs: TIMEOUT_MS });
    expect(result).toEqual(RESULTS[name as `${keyof typeof WAYS}`]);
    expect(performance.now() - startMs).toBeLessThan(TIMEOUT_MS * PATIENCE);
    expect(process.memoryUsage().rss - memoryBefore).toBeLessThan(200 * 1_048_576);
  });

  it('a certificate that nobody vouches for gets nothing', async () => {
    await using server = await startUntrustedServer();
    expect(await send(server.url)).toEqual(UNREACHABLE);
  });

  it('nothing, as nobody listens, is left alone for now', async () => {
    expect(await send(await refusedUrl())).toEqual(UNREACHABLE);
  });

  it('nothing, as there is none of that name, is left alone for now', async () => {
    expect(await send('https://nowhere.invalid')).toEqual(UNREACHABLE);
  });
});

describe('a connection', () => {
  it('serves many requests, and another one takes its place once it failed', async () => {
    await using server = await RecordingServer.start();
    const connection = connectTo(server.url);
    for (let n = 0; n < 3; n += 1) expect(await connection.send([buildEvent(n)])).toEqual(ACCEPTED);
    server.script((response) => response.destroy());
    expect(await connection.send([buildEvent(3)])).toEqual(UNREACHABLE);
    expect(await connection.send([buildEvent(4)])).toEqual(ACCEPTED);
    expect(server.batches).toHaveLength(5);
  });

  it('tells a server nothing about the program but the package and its version', async () => {
    await using server = await RecordingServer.start();
    await send(server.url);
    const { headers } = server.requests[0]!;
    expect(Object.keys(headers).sort()).toEqual([
      'connection',
      'content-length',
      'content-type',
      'host',
      'user-agent',
    ]);
    expect(headers['user-agent']).toMatch(/^sotto\/[\d.]+$/);
  });
});

describe('compression', () => {
  /** Whether a batch arrived packed, and how long it was. */
  async function sendWith(compressionThresholdBytes: number | undefined) {
    await using server = await RecordingServer.start();
    expect(await send(server.url, { compressionThresholdBytes })).toEqual(ACCEPTED);
    const { headers, text } = server.requests[0]!;
    expect(JSON.parse(text).batch).toHaveLength(1);
    return { isPacked: headers['content-encoding'] === 'gzip', bytes: Buffer.byteLength(text) };
  }

  it('packs a batch of more bytes than the threshold, and none of as many', async () => {
    const { bytes } = await sendWith(undefined);
    expect(await sendWith(bytes)).toEqual({ isPacked: false, bytes });
    expect(await sendWith(bytes - 1)).toEqual({ isPacked: true, bytes });
  });

  it('packs every batch at a threshold of 0, and none without one', async () => {
    expect(await sendWith(0)).toMatchObject({ isPacked: true });
    expect(await sendWith(undefined)).toMatchObject({ isPacked: false });
  });

  it('leaves the question about flags as it is', async () => {
    await using server = await RecordingServer.start();
    const connection = connectTo(server.url, { compressionThresholdBytes: 0 });
    await connection.fetchFlags('an-id', undefined, new AbortController().signal);
    expect(server.requests.map(({ headers }) => headers['content-encoding'])).toEqual([undefined]);
  });
});

describe('a proxy', () => {
  const HOST = 'http://telemetry.example';
  const throughProxy = (proxies: Partial<Proxies>, host = HOST, options: Partial<PostHogConfig> = {}) =>
    send(host, { proxies: { ...NO_PROXIES, ...proxies }, ...options });

  it('hands on plain requests, and is told who asks', async () => {
    await using server = await RecordingServer.start();
    await using proxy = await startForwardProxy(server);
    expect(await throughProxy({ http: `http://ada:s%20t@127.0.0.1:${proxy.port}` })).toEqual(ACCEPTED);
    expect(proxy.asked).toEqual([`POST ${HOST}/batch/`]);
    expect(proxy.authorization).toBe(`Basic ${Buffer.from('ada:s t').toString('base64')}`);
    expect(server.requests[0]?.headers.host).toBe('telemetry.example');
    expect(server.batches).toHaveLength(1);
  });

  it('leads to a server over TLS, and sees nothing of what is sent', async () => {
    await using world = await startTlsWorld();
    const { code, stdout, stderr } = await world.run({ HTTPS_PROXY: world.proxyUrl });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^accepted accepted\n/);
    expect(world.proxy.asked).toEqual([`CONNECT ${world.name}:443`]);
    expect(world.paths).toEqual(['/batch/', '/batch/']);
  });

  it('leads to nobody without a certificate that counts, whatever else the process does not check', async () => {
    await using world = await startTlsWorld();
    const careless = { NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_EXTRA_CA_CERTS: '' };
    const { stdout } = await world.run({ HTTPS_PROXY: world.proxyUrl, ...careless });
    expect(stdout).toMatch(/^retry retry\n/);
    expect(world.proxy.asked).toContain(`CONNECT ${world.name}:443`);
    expect(world.paths).toEqual([]);
  });

  it('is gone around where NO_PROXY says so', async () => {
    await using server = await RecordingServer.start();
    await using proxy = await startForwardProxy(server);
    const proxies = { http: `http://127.0.0.1:${proxy.port}`, exceptions: 'example' };
    expect(await throughProxy(proxies, 'http://nowhere.example')).toEqual(UNREACHABLE);
    expect(proxy.asked).toEqual([]);
  });

  it('is gone around on the way to this machine', async () => {
    await using server = await RecordingServer.start();
    await using proxy = await startForwardProxy(server);
    const proxies = { http: `http://127.0.0.1:${proxy.port}` };
    expect(await throughProxy(proxies, server.url)).toEqual(ACCEPTED);
    expect(proxy.asked).toEqual([]);
  });

  it('is not used that the environment names later', async () => {
    await using server = await RecordingServer.start();
    await using proxy = await startForwardProxy(server);
    vi.stubEnv('HTTP_PROXY', `http://127.0.0.1:${proxy.port}`);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await send('http://nowhere.invalid')).toEqual(UNREACHABLE);
    expect(proxy.asked).toEqual([]);
  });

  it.each(['http://telemetry.example', 'https://telemetry.example'])(
    'that is down is a reason to try again: %s',
    async (host) => {
      const gone = await refusedUrl();
      expect(await throughProxy({ http: gone, https: gone }, host)).toEqual(UNREACHABLE);
    },
  );

  it.each([
    ['refuses to make a tunnel', 'refuse'],
    ['never answers', 'wait'],
  ] as const)('that %s is a reason to try again, in time', async (_, tunnel) => {
    await using server = await RecordingServer.start();
    await using proxy = await startForwardProxy(server, tunnel);
    const startMs = performance.now();
    const proxies = { https: `http://127.0.0.1:${proxy.port}` };
    const options = { requestTimeoutMs: TIMEOUT_MS };
    expect(await throughProxy(proxies, 'https://telemetry.example', options)).toEqual(UNREACHABLE);
    expect(performance.now() - startMs).toBeLessThan(TIMEOUT_MS * PATIENCE);
    expect(proxy.asked).toEqual(['CONNECT telemetry.example:443']);
  });

  it.each(['socks5://127.0.0.1:1080', 'http://', 'http://%ff@127.0.0.1:1'])(
    'that is of no use, %s, is never gone around',
    async (text) => {
      await using server = await RecordingServer.start();
      const host = server.url.replace('127.0.0.1', '0.0.0.0');
      expect(await throughProxy({ http: text }, host)).toEqual(UNREACHABLE);
      expect(server.requests).toEqual([]);
    },
  );
});

describe('a program that gave its requests up', { timeout: 30_000 }, () => {
  const ended = { code: 0, stderr: '', stdout: expect.stringMatching(/^retry retry\n\d{1,3}\n$/) as string };

  it('ends at once while a proxy does not answer, and prints nothing', async () => {
    await using world = await startTlsWorld('wait');
    expect(await world.run({ HTTPS_PROXY: world.proxyUrl }, undefined, TIMEOUT_MS)).toMatchObject(ended);
  });

  it.runIf(process.platform === 'linux')('ends at once while a connection is not taken', async () => {
    await using world = await startTlsWorld();
    await using server = await startFullServer();
    expect(await world.run({}, server.url, TIMEOUT_MS)).toMatchObject(ended);
  });
});

/** A server over TLS that the program trusts, behind a proxy. */
async function startTlsWorld(tunnel: 'open' | 'wait' = 'open') {
  const name = `${randomUUID().slice(0, 8)}.example`;
  const server = await startTrustedServer(name);
  const proxy = await startForwardProxy(server, tunnel);
  const program = new URL('./programs/send-twice.ts', import.meta.url);
  return {
    name,
    paths: server.paths,
    proxy,
    proxyUrl: `http://ada:secret@127.0.0.1:${proxy.port}`,
    run: (env: Record<string, string>, host = `https://${name}`, timeoutMs = 10_000) =>
      runProgram(program, {
        arguments: [host, String(timeoutMs)],
        env: { NODE_EXTRA_CA_CERTS: server.authority, ...env },
      }),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await proxy[Symbol.asyncDispose]();
    },
  };
}
