import { describe, expect, it } from 'vitest';
import { connectPostHog, type PostHogConfig } from '../../../src/delivery/index.js';
import { startUntrustedServer } from '../../support/bad-server.js';
import { startEar } from '../../support/ear.js';
import { startForwardProxy } from '../../support/forward-proxy.js';
import { startFullServer } from '../../support/full-server.js';
import { NO_PROXIES } from '../../support/no-proxies.js';
import { RecordingServer } from '../../support/recording-server.js';
import { runProgram } from '../../support/run-program.js';
import { startTrustedServer } from '../../support/trusted-server.js';
import { buildEvent } from '../../unit/delivery/build-event.js';

const UNREACHABLE = { status: 'retry', isUnreachable: true };

const connectTo = (host: string, mayRequest: () => boolean, options: Partial<PostHogConfig> = {}) =>
  connectPostHog({
    key: 'phc_test',
    host,
    requestTimeoutMs: 10_000,
    mayRequest,
    proxies: NO_PROXIES,
    compressionThresholdBytes: undefined,
    ...options,
  });

/** Says yes so many times, and then something else. */
function yes(times: number, afterwards: () => boolean = () => false) {
  const mayRequest = () => {
    mayRequest.asked += 1;
    return mayRequest.asked <= times || afterwards();
  };
  mayRequest.asked = 0;
  return mayRequest;
}

describe('a no that comes while the connection is made', () => {
  it('leaves not a byte on it', async () => {
    await using ear = await startEar();
    const mayRequest = yes(1);
    expect(await connectTo(ear.url, mayRequest).send([buildEvent(1)])).toEqual(UNREACHABLE);
    expect(mayRequest.asked).toBe(2);
    expect(await ear.heard()).toEqual(['']);
    // What the ear would have heard.
    await connectTo(ear.url, yes(2)).send([buildEvent(1)]);
    expect((await ear.heard())[1]).toMatch(/^POST \/batch\/ HTTP/);
  });

  it('leaves not a byte to a proxy', async () => {
    await using ear = await startEar();
    const proxies = { ...NO_PROXIES, http: ear.url };
    const { send } = connectTo('http://telemetry.example', yes(1), { proxies });
    expect(await send([buildEvent(1)])).toEqual(UNREACHABLE);
    expect(await ear.heard()).toEqual(['']);
  });

  it('leaves not a byte on one that was used before, and does not stand in the way of a later yes', async () => {
    await using server = await RecordingServer.start();
    let isAllowed = true;
    const mayRequest = yes(3, () => isAllowed);
    const { send } = connectTo(server.url, mayRequest);
    expect(await send([buildEvent(1)])).toEqual({ status: 'accepted' });
    isAllowed = false;
    expect(await send([buildEvent(2)])).toEqual(UNREACHABLE);
    expect(mayRequest.asked).toBe(4);
    isAllowed = true;
    expect(await send([buildEvent(3)])).toEqual({ status: 'accepted' });
    expect(server.messages.map(({ properties }) => properties.n)).toEqual([1, 3]);
  });

  it('leaves no question about flags either', async () => {
    await using ear = await startEar();
    const { fetchFlags } = connectTo(ear.url, yes(1));
    expect(await fetchFlags('an-id', undefined, new AbortController().signal)).toBeUndefined();
    expect(await ear.heard()).toEqual(['']);
  });

  it.runIf(process.platform === 'linux')('is not asked for before it is made', async () => {
    await using server = await startFullServer();
    const mayRequest = yes(1);
    const { send } = connectTo(server.url, mayRequest, { requestTimeoutMs: 200 });
    expect(await send([buildEvent(1)])).toEqual(UNREACHABLE);
    expect(mayRequest.asked).toBe(1);
  });

  it('is not asked for before TLS has shown whose it is', async () => {
    await using server = await startUntrustedServer();
    const mayRequest = yes(1);
    expect(await connectTo(server.url, mayRequest).send([buildEvent(1)])).toEqual(UNREACHABLE);
    expect(mayRequest.asked).toBe(1);
  });

  it('is not asked for before a proxy has made its tunnel', async () => {
    await using ear = await startEar();
    await using proxy = await startForwardProxy(ear, 'wait');
    const mayRequest = yes(1);
    const proxies = { ...NO_PROXIES, https: `http://127.0.0.1:${proxy.port}` };
    const { send } = connectTo('https://telemetry.example', mayRequest, { proxies, requestTimeoutMs: 200 });
    expect(await send([buildEvent(1)])).toEqual(UNREACHABLE);
    expect(proxy.asked).toEqual(['CONNECT telemetry.example:443']);
    expect(mayRequest.asked).toBe(1);
  });

  it.each([
    ['straight', false],
    ['through a tunnel', true],
  ])('leaves no request over TLS, %s', { timeout: 30_000 }, async (_, isTunnel) => {
    await using world = await startTlsWorld(isTunnel);
    expect(await world.run(1)).toMatchObject({ stdout: 'retry, asked 2', stderr: '' });
    expect(world.paths).toEqual([]);
    expect(await world.run(2)).toMatchObject({ stdout: 'accepted, asked 2', stderr: '' });
    expect(world.paths).toEqual(['/batch/']);
  });
});

describe('a question whether it may that gives the request up itself', () => {
  it.each([1, 2])('makes none, whatever it answers: the %s. time', async (time) => {
    await using ear = await startEar();
    const mayRequest = yes(time - 1, () => {
      connection.abort();
      return true;
    });
    const connection = connectTo(ear.url, mayRequest);
    expect(await connection.send([buildEvent(1)])).toEqual(UNREACHABLE);
    expect(mayRequest.asked).toBe(time);
    expect((await ear.heard()).join('')).toBe('');
  });

  it.each([1, 2])('is a no when it fails: the %s. time', async (time) => {
    await using ear = await startEar();
    const mayRequest = yes(time - 1, () => {
      throw new Error('no answer');
    });
    expect(await connectTo(ear.url, mayRequest).send([buildEvent(1)])).toEqual(UNREACHABLE);
    expect((await ear.heard()).join('')).toBe('');
  });
});

/** A server over TLS that the program trusts, behind a proxy or not. */
async function startTlsWorld(isTunnel: boolean) {
  const name = isTunnel ? 'eu.example' : 'localhost';
  const server = await startTrustedServer(name);
  const proxy = await startForwardProxy(server);
  const host = isTunnel ? `https://${name}` : `https://${name}:${server.port}`;
  const env = { NODE_EXTRA_CA_CERTS: server.authority, HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
  return {
    paths: server.paths,
    run: (allowed: number) =>
      runProgram(new URL('./programs/send-asking.ts', import.meta.url), {
        arguments: [host, String(allowed)],
        env,
      }),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await proxy[Symbol.asyncDispose]();
    },
  };
}
