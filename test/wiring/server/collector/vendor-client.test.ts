import { type AddressInfo, createServer, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  createVendorClient,
  type VendorClientOptions,
} from '../../../../src/server/collector/create-vendor-client.js';
import type { VendorOutcome, VendorRequest } from '../../../../src/server/collector/vendor-client.js';
import { refusedUrl, startBadServer, startUntrustedServer, WAYS } from '../../../support/bad-server.js';
import { startEar } from '../../../support/ear.js';
import { startForwardProxy } from '../../../support/forward-proxy.js';
import { startFullServer } from '../../../support/full-server.js';
import { answerWith, hangUp, neverAnswer, RecordingServer } from '../../../support/recording-server.js';
import { runProgram } from '../../../support/run-program.js';
import { startTrustedServer } from '../../../support/trusted-server.js';

const KEY = 'sotto-licence-planted-secret-key';
const TIMEOUT_MS = 500;
/** A busy machine may be this many times slower than its clock says. */
const PATIENCE = 10;

const connectTo = (url: string, options: Partial<VendorClientOptions> = {}) =>
  createVendorClient({ url, licenseKey: KEY, timeoutMs: 10_000, proxyFor: () => undefined, ...options });

const REQUEST: VendorRequest = { path: '/telemetry/heartbeat', body: '{"metrics":{}}' };

const answered = (httpStatus: number, body: unknown, retryAfterMs?: number): VendorOutcome => ({
  status: 'answered',
  httpStatus,
  body,
  retryAfterMs,
});
const failed = (reason: 'network' | 'timeout' | 'tls', hasLeft: boolean): VendorOutcome => ({
  status: 'unanswered',
  reason,
  hasLeft,
});
const WITHHELD: VendorOutcome = { status: 'withheld' };

const JSON_BODY = { status: 1 };
const ENDED = failed('network', true);
const LATE = failed('timeout', true);

const OUTCOMES: Record<keyof typeof WAYS, VendorOutcome> = {
  ok: answered(200, JSON_BODY),
  'no content': answered(204, undefined),
  'a page for people': answered(200, undefined),
  'a page that says no': answered(403, undefined),
  'partial JSON': answered(200, undefined),
  'no JSON': answered(200, undefined),
  'an answer that is cut off': ENDED,
  'an answer that ends early': ENDED,
  'an answer that hangs': LATE,
  'an answer that drips': LATE,
  'headers alone': ENDED,
  'no answer': LATE,
  'nothing but 100': LATE,
  'nothing but 103': LATE,
  'another protocol': LATE,
  'no HTTP': ENDED,
  'endless headers': ENDED,
  'a reset': ENDED,
  'a closed connection': ENDED,
  'a flood': answered(200, undefined),
  'a gzip bomb': answered(200, undefined),
  'broken gzip': answered(200, undefined),
  'a redirect elsewhere': answered(307, undefined),
  'a redirect to itself': answered(307, undefined),
  '429 with seconds': answered(429, JSON_BODY, 7_000),
  '429 with a date': answered(429, JSON_BODY, expect.closeTo(600_000, -4) as number),
  '503 with seconds': answered(503, JSON_BODY, 7_000),
  '511 with seconds': answered(511, JSON_BODY, 7_000),
  400: answered(400, JSON_BODY),
  401: answered(401, JSON_BODY),
  403: answered(403, JSON_BODY),
  404: answered(404, JSON_BODY),
  407: answered(407, JSON_BODY),
  408: answered(408, JSON_BODY),
  409: answered(409, JSON_BODY),
  413: answered(413, JSON_BODY),
  429: answered(429, JSON_BODY),
  500: answered(500, JSON_BODY),
  502: answered(502, JSON_BODY),
  503: answered(503, JSON_BODY),
  504: answered(504, JSON_BODY),
};

describe('a request to the vendor service', () => {
  it('has the key as a bearer token, what it was given, and nothing that tells of the machine', async () => {
    await using vendor = await RecordingServer.start();
    vendor.answer = (response) => response.writeHead(200).end('{"status":"accepted"}');
    const client = connectTo(`${vendor.url}/service/v1/`);
    const outcome = await client.post({ ...REQUEST, headers: { 'idempotency-key': 'one' } });
    expect(outcome).toEqual(answered(200, { status: 'accepted' }));
    const [request] = vendor.requests;
    expect(request).toMatchObject({
      method: 'POST',
      url: '/service/v1/telemetry/heartbeat',
      text: '{"metrics":{}}',
    });
    expect(request?.headers).toEqual({
      host: new URL(vendor.url).host,
      connection: 'close',
      authorization: `Bearer ${KEY}`,
      'content-type': 'application/json',
      'content-length': '14',
      'idempotency-key': 'one',
    });
  });

  it('cannot be given another key or another type', async () => {
    await using vendor = await RecordingServer.start();
    const headers = { authorization: 'Bearer other', 'content-type': 'text/plain' };
    await connectTo(vendor.url).post({ ...REQUEST, headers });
    expect(vendor.requests[0]?.headers).toMatchObject({
      authorization: `Bearer ${KEY}`,
      'content-type': 'application/json',
    });
  });

  it.each(Object.keys(WAYS) as (keyof typeof WAYS)[])('has its outcome, in time: %s', async (name) => {
    await using vendor = await startBadServer(WAYS[name]);
    const startedAtMs = performance.now();
    const outcome = await connectTo(vendor.url, { timeoutMs: TIMEOUT_MS }).post(REQUEST);
    expect(outcome).toEqual(OUTCOMES[name]);
    expect(performance.now() - startedAtMs).toBeLessThan(TIMEOUT_MS * PATIENCE);
  });

  it('reads answers up to 262,144 bytes and gives up longer ones', async () => {
    await using vendor = await RecordingServer.start();
    const client = connectTo(vendor.url);
    const ofLength = (length: number) => `"${'x'.repeat(length - 2)}"`;
    vendor.script((response) => response.end(ofLength(262_144)));
    expect(await client.post(REQUEST)).toEqual(answered(200, 'x'.repeat(262_142)));
    vendor.script((response) => response.end(ofLength(262_145)));
    expect(await client.post(REQUEST)).toEqual(answered(200, undefined));
  });

  it.each([301, 302, 303, 307, 308])('is not made again where a %d leads to', async (status) => {
    await using elsewhere = await RecordingServer.start();
    await using vendor = await RecordingServer.start();
    vendor.answer = answerWith(status, { location: `${elsewhere.url}/telemetry/heartbeat` });
    expect(await connectTo(vendor.url).post(REQUEST)).toEqual(answered(status, {}));
    expect(vendor.requests).toHaveLength(1);
    expect(elsewhere.requests).toEqual([]);
  });

  it('has not left where nobody listens', async () => {
    expect(await connectTo(await refusedUrl()).post(REQUEST)).toEqual(failed('network', false));
  });

  it.runIf(process.platform === 'linux')('has not left where nobody takes connections', async () => {
    await using server = await startFullServer();
    const outcome = await connectTo(server.url, { timeoutMs: 200 }).post(REQUEST);
    expect(outcome).toEqual(failed('timeout', false));
  });

  it('has not left to a name that nobody has', async () => {
    const outcome = await connectTo('https://vendor.invalid').post(REQUEST);
    expect(outcome).toMatchObject({ status: 'unanswered', hasLeft: false });
  });

  it('may be one of several at a time, of which one that fails takes no other with it', async () => {
    await using vendor = await RecordingServer.start();
    const client = connectTo(vendor.url);
    let answerFirst = () => {};
    const arrived = new Promise<void>((resolve) => {
      vendor.script((response) => {
        answerFirst = () => void response.end('{"first":true}');
        resolve();
      }, hangUp);
    });
    const first = client.post(REQUEST);
    await arrived;
    expect(await client.post(REQUEST)).toEqual(ENDED);
    answerFirst();
    expect(await first).toEqual(answered(200, { first: true }));
  });
});

describe('a vendor service over TLS', () => {
  it('hears nothing when nobody vouches for it', async () => {
    await using vendor = await startUntrustedServer();
    let hasStarted = false;
    const start = async () => {
      hasStarted = true;
      return false;
    };
    expect(await connectTo(vendor.url).post({ ...REQUEST, start })).toEqual(failed('tls', false));
    expect(hasStarted).toBe(false);
  });

  it.each([
    ['directly', () => ({})],
    ['through a tunnel', (port: number) => ({ HTTPS_PROXY: `http://127.0.0.1:${port}` })],
  ])(
    'hears nothing %s where the process checks no certificates elsewhere',
    { timeout: 30_000 },
    async (_, through) => {
      const { run, server } = await startTrusted('vendor.example');
      await using proxy = await startForwardProxy(server);
      const proxies = through(proxy.port);
      const host = 'HTTPS_PROXY' in proxies ? 'vendor.example' : '127.0.0.1';
      const careless = { NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_EXTRA_CA_CERTS: '', ...proxies };
      expect(await run(`https://${host}`, careless)).toEqual(failed('tls', false));
      expect(server.paths).toEqual([]);
    },
  );

  it('hears the key, and who debugs the process does not', { timeout: 30_000 }, async () => {
    const { run, server } = await startTrusted('vendor.example');
    await using proxy = await startForwardProxy(server);
    const debugged = {
      NODE_DEBUG: 'http,https,net,tls,stream',
      HTTPS_PROXY: `http://ada:word-of-the-proxy@127.0.0.1:${proxy.port}`,
    };
    expect(await run('https://vendor.example', debugged)).toMatchObject({ httpStatus: 200 });
    expect(server.paths).toEqual(['/telemetry/heartbeat']);
    expect(proxy.authorization).toMatch(/^Basic /);
  });

  it('hears nothing when it speaks no TLS', async () => {
    await using ear = await startEar();
    const outcome = await connectTo(ear.url.replace('http:', 'https:')).post(REQUEST);
    expect(outcome).toMatchObject({ status: 'unanswered', hasLeft: false });
    expect((await ear.heard()).join('')).not.toContain('POST');
    await using plain = await RecordingServer.start();
    const spoken = await connectTo(plain.url.replace('http:', 'https:')).post(REQUEST);
    expect(spoken).toEqual(failed('tls', false));
    expect(plain.requests).toEqual([]);
  });

  it('hears nothing when its certificate is of another name, and the request when it is of its own', {
    timeout: 30_000,
  }, async () => {
    const { run, server } = await startTrusted('localhost');
    expect(await run('https://127.0.0.1')).toEqual(failed('tls', false));
    expect(server.paths).toEqual([]);
    expect(await run('https://localhost')).toMatchObject({ status: 'answered', httpStatus: 200 });
    expect(server.paths).toEqual(['/telemetry/heartbeat']);
  });

  it('is reached through a tunnel of a proxy, which sees no key', { timeout: 30_000 }, async () => {
    const { run, server } = await startTrusted('vendor.example');
    await using proxy = await startForwardProxy(server);
    const throughProxy = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
    expect(await run('https://vendor.example', throughProxy)).toMatchObject({ httpStatus: 200 });
    expect(proxy.asked).toEqual([`CONNECT vendor.example:${server.port}`]);
    expect(proxy.authorization).toBeUndefined();
    expect(server.paths).toEqual(['/telemetry/heartbeat']);
  });

  it('hears nothing when a proxy makes no tunnel to it, or is none', async () => {
    await using ear = await startEar();
    await using proxy = await startForwardProxy(ear, 'refuse');
    const proxyFor = () => new URL(`http://127.0.0.1:${proxy.port}`);
    const outcome = await connectTo('https://vendor.example', { proxyFor }).post(REQUEST);
    expect(outcome).toEqual(failed('network', false));
    const noProxy = () => {
      throw new TypeError('The variable of the proxy holds no address.');
    };
    const without = await connectTo('https://vendor.example', { proxyFor: noProxy }).post(REQUEST);
    expect(without).toEqual(failed('network', false));
    expect(await ear.heard()).toEqual([]);
  });
});

describe('a request that asks whether to start', () => {
  it('asks once, when the connection stands, and has left when it is told so', async () => {
    await using vendor = await RecordingServer.start();
    const seen: number[] = [];
    const start = async (send: () => void) => {
      seen.push(vendor.requests.length);
      await Promise.resolve();
      send();
      send();
      return true;
    };
    expect(await connectTo(vendor.url).post({ ...REQUEST, start })).toMatchObject({ httpStatus: 200 });
    expect(seen).toEqual([0]);
    expect(vendor.requests).toHaveLength(1);
  });

  it.each([
    ['not told to', async () => false],
    [
      'told nothing, because the question failed',
      async () => {
        throw new Error('The database is away.');
      },
    ],
  ])('leaves not a byte when it is %s', async (_, start) => {
    await using ear = await startEar();
    expect(await connectTo(ear.url).post({ ...REQUEST, start })).toEqual(WITHHELD);
    expect(await ear.heard()).toEqual(['']);
    // What the ear would have heard.
    await connectTo(ear.url).post(REQUEST);
    expect((await ear.heard())[1]).toMatch(/^POST \/telemetry\/heartbeat HTTP/);
  });

  it('is what the vendor answers, though the question failed after it had left', async () => {
    await using vendor = await RecordingServer.start();
    const start = async (send: () => void): Promise<boolean> => {
      send();
      throw new Error('The database is away.');
    };
    expect(await connectTo(vendor.url).post({ ...REQUEST, start })).toMatchObject({ httpStatus: 200 });
  });

  it('leaves not a byte when the question takes longer than the time there is, whatever it says then', async () => {
    await using ear = await startEar();
    let sendLate = () => {};
    const start = (send: () => void) => {
      sendLate = send;
      return new Promise<boolean>(() => {});
    };
    const outcome = await connectTo(ear.url, { timeoutMs: 200 }).post({ ...REQUEST, start });
    expect(outcome).toEqual(failed('timeout', false));
    sendLate();
    expect(await ear.heard()).toEqual(['']);
  });

  it('leaves not a byte when the vendor has hung up meanwhile', async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => void sockets.push(socket.on('error', () => {})));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    let sendLate = () => {};
    const start = (send: () => void) => {
      sendLate = send;
      for (const socket of sockets) socket.destroy();
      return new Promise<boolean>(() => {});
    };
    const outcome = await connectTo(`http://127.0.0.1:${port}`).post({ ...REQUEST, start });
    expect(outcome).toEqual(failed('network', false));
    sendLate();
  });
});

describe('a request that is given up', () => {
  it('before it is made makes no connection', async () => {
    await using ear = await startEar();
    const outcome = await connectTo(ear.url).post({ ...REQUEST, signal: AbortSignal.abort() });
    expect(outcome).toEqual(WITHHELD);
    expect(await ear.heard()).toEqual([]);
  });

  it('while it is asked whether to start leaves not a byte', async () => {
    await using ear = await startEar();
    const giveUp = new AbortController();
    const start = async (send: () => void) => {
      giveUp.abort();
      send();
      return true;
    };
    const outcome = await connectTo(ear.url).post({ ...REQUEST, start, signal: giveUp.signal });
    expect(outcome).toEqual(WITHHELD);
    expect(await ear.heard()).toEqual(['']);
  });

  it('while the vendor thinks may be there all the same', async () => {
    await using vendor = await RecordingServer.start();
    const giveUp = new AbortController();
    vendor.answer = (...call) => {
      neverAnswer(...call);
      giveUp.abort();
    };
    const outcome = await connectTo(vendor.url).post({ ...REQUEST, signal: giveUp.signal });
    expect(outcome).toEqual(failed('network', true));
  });
});

describe('the client of a vendor service', () => {
  it.each([
    'http://vendor.example',
    'http://vendor.example:8001/service',
    'ftp://localhost',
    'https://user:word@vendor.example',
    'https://vendor.example/?key=1',
    'vendor.example',
    '',
  ])('is not made for %j', (url) => {
    expect(() => connectTo(url)).toThrow(
      expect.objectContaining({
        name: 'ConfigError',
        code: 'OPTION_INVALID',
        message: expect.not.stringContaining('vendor.example'),
      }),
    );
  });

  it.each(['http://localhost:8001', 'http://127.0.0.1:8001', 'http://[::1]:8001', 'https://vendor.example'])(
    'is made for %s',
    (url) => {
      expect(connectTo(url)).toHaveProperty('post');
    },
  );

  it.each(['with a space', 'with\r\nx-injected: 1', 'schlüssel-schlüssel', ''])(
    'is not made with the key %j, which it does not repeat',
    (licenseKey) => {
      const make = () => connectTo('https://vendor.example', { licenseKey });
      expect(make).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
      expect(make).toThrow(/^licenseKey must be the key as it was given, without white space\.$/);
    },
  );

  it('shows the key to nobody who looks at it', async () => {
    const client = connectTo(await refusedUrl());
    const outcome = await client.post(REQUEST);
    const shown = [client, client.post, outcome].map(
      (value) => inspect(value, { depth: null, showHidden: true }) + JSON.stringify(value) + String(value),
    );
    expect(shown.join()).not.toContain(KEY);
    expect(process.title).not.toContain(KEY);
  });
});

/** A server over TLS with a certificate of a name, and a program that trusts who gave it. */
async function startTrusted(name: string) {
  const server = await startTrustedServer(name);
  onTestFinished(() => server[Symbol.asyncDispose]());
  return {
    server,
    async run(origin: string, env: Readonly<Record<string, string>> = {}) {
      const { stdout, stderr } = await runProgram(new URL('./programs/post-once.ts', import.meta.url), {
        arguments: [`${origin}:${server.port}`],
        env: { NODE_EXTRA_CA_CERTS: server.authority, VENDOR_LICENSE_KEY: KEY, ...env },
      });
      expect(stdout + stderr).not.toContain(KEY);
      expect(stdout + stderr).not.toContain(Buffer.from('ada:word-of-the-proxy').toString('base64'));
      if ('NODE_DEBUG' in env) expect(stderr).toMatch(/^HTTP /m);
      return JSON.parse(stdout) as VendorOutcome;
    },
  };
}
