import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startLocalApiServer } from 'sotto/server';
import { describe, expect, it } from 'vitest';
import { openLocalApiToken } from '../../../../src/store/index.js';
import { callServer, openLocalApi } from './support.js';

const GUI = 'http://localhost:5173';
const EVIL = 'https://evil.example';

describe('the token', () => {
  it('is needed for everything but GET /health', async () => {
    const api = await openLocalApi();
    for (const headers of [{ authorization: '' }, { authorization: 'Bearer wrong' }]) {
      for (const [method, path] of [
        ['GET', '/settings'],
        ['POST', '/settings'],
        ['POST', '/opt_in'],
        ['GET', '/summary'],
        ['POST', '/features'],
        ['POST', '/events'],
        ['GET', '/events'],
        ['GET', '/hooks'],
        ['GET', '/crashes'],
        ['GET', '/diagnostics'],
        ['DELETE', '/data'],
        ['GET', '/ledger'],
        ['GET', '/stream'],
        ['GET', '/counts'],
        ['GET', '/catalog'],
        ['GET', '/why'],
        ['GET', '/export'],
        ['GET', '/preview'],
        ['GET', '/flags'],
        ['PATCH', '/flags'],
        ['GET', '/openapi.json'],
        ['POST', '/health'],
        ['GET', '/nothing'],
      ] as const) {
        const { status, headers: got, json } = await api.call(path, { method, headers });
        expect([path, status, got['www-authenticate']]).toEqual([path, 401, 'Bearer']);
        expect(json).toMatchObject({ code: 'REQUEST_UNAUTHORIZED', feature_flag: true });
      }
      expect((await api.call('/health', { headers })).status).toBe(200);
    }
    expect(existsSync(join(api.directory, 'telemetry_config.json'))).toBe(false);
  });

  it('is the one that stands on disk at this moment', async () => {
    const api = await openLocalApi();
    const renewed = openLocalApiToken(api.directory, { renew: true });
    expect((await api.call('/settings')).status).toBe(401);
    const authorization = `Bearer ${renewed}`;
    expect((await api.call('/settings', { headers: { authorization } })).status).toBe(200);
  });
});

describe('another name than this machine’s', () => {
  it.each(['evil.example', 'evil.example:8001', 'localhost.evil.example'])(
    'is not answered: %s',
    async (host) => {
      const api = await openLocalApi();
      for (const path of ['/health', '/settings', '/diagnostics', '/nothing']) {
        const { status, json } = await api.call(path, { headers: { host } });
        expect(status).toBe(403);
        expect(json).toMatchObject({ code: 'REQUEST_FORBIDDEN', feature_flag: true });
        expect(JSON.stringify(json)).not.toContain('evil');
      }
    },
  );

  it('is answered when an option names it', async () => {
    const api = await openLocalApi({}, { allowedHosts: ['devbox.local'] });
    expect((await api.call('/health', { headers: { host: 'devbox.local:8001' } })).status).toBe(200);
    for (const host of ['localhost:1', '[::1]:1', '127.0.0.1'])
      expect((await api.call('/health', { headers: { host } })).status).toBe(200);
  });
});

describe('a foreign page', () => {
  it.each([
    { origin: EVIL },
    { origin: 'null' },
    { origin: GUI },
    { 'sec-fetch-site': 'cross-site' },
    { origin: EVIL, 'sec-fetch-site': 'same-origin' },
  ])('can neither opt in nor download a bundle: %j', async (headers) => {
    const api = await openLocalApi();
    await api.post('/opt_in', { diagnostics: true });
    for (const [method, path, body] of [
      ['POST', '/opt_in', { crash: true }],
      ['GET', '/diagnostics', undefined],
      ['GET', '/health', undefined],
      ['OPTIONS', '/settings', undefined],
    ] as const) {
      const { status, headers: got, json } = await api.call(path, { method, headers, body });
      expect([path, status]).toEqual([path, 403]);
      expect(json.feature_flag).toBe(true);
      expect(got['access-control-allow-origin']).toBeUndefined();
    }
    expect((await api.call('/settings')).json.settings.crash_opt_in).toBe(false);
    expect(existsSync(join(api.directory, 'diagnostics'))).toBe(false);
  });

  it('of an origin that is allowed gets CORS headers, and needs the token', async () => {
    const api = await openLocalApi({}, { allowedOrigins: [GUI] });
    const headers = { origin: GUI, 'sec-fetch-site': 'same-site' };
    const preflight = await callServer(`${api.url}/settings`, {
      method: 'OPTIONS',
      headers: { ...headers, 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': GUI,
      'access-control-allow-headers': 'Authorization,Content-Type',
      'access-control-allow-methods': 'GET,HEAD,POST,PATCH,DELETE',
      vary: expect.stringContaining('Origin'),
    });
    expect(preflight.headers['access-control-allow-credentials']).toBeUndefined();

    const answered = await api.call('/settings', { headers });
    expect([answered.status, answered.headers['access-control-allow-origin']]).toEqual([200, GUI]);
    const refused = await api.call('/settings', { headers: { ...headers, authorization: '' } });
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([401, GUI]);
    expect((await api.call('/settings', { headers: { origin: EVIL } })).status).toBe(403);
  });

  it('of the API’s own origin is answered without CORS headers', async () => {
    const api = await openLocalApi();
    const { status, headers } = await api.call('/settings', { headers: { origin: new URL(api.url).origin } });
    expect(status).toBe(200);
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('every answer', () => {
  it('is kept by nobody and run by nobody, whatever it says', async () => {
    const api = await openLocalApi();
    const answers = await Promise.all([
      api.call('/health'),
      api.call('/nothing'),
      api.call('/settings', { headers: { authorization: '' } }),
      api.call('/health', { headers: { host: 'evil.example' } }),
      api.post('/features', { feature: 1 }),
      api.call('/settings', { method: 'PUT' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 401, 403, 422, 405]);
    for (const { headers, json } of answers) {
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringContaining("default-src 'none'"),
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
      expect(json.feature_flag).toBe(true);
    }
  });

  it('to a method that a path does not know names those that it knows', async () => {
    const api = await openLocalApi();
    for (const [method, path, allow] of [
      ['DELETE', '/settings', 'GET, HEAD, POST'],
      ['POST', '/summary', 'GET, HEAD'],
      ['GET', '/data', 'DELETE'],
      ['PUT', '/flags', 'GET, HEAD, PATCH'],
      ['OPTIONS', '/data', 'DELETE'],
      ['TRACE', '/settings', 'GET, HEAD, POST'],
      ['PROPFIND', '/settings', 'GET, HEAD, POST'],
    ] as const) {
      const { status, headers, json } = await api.call(path, { method });
      expect([path, status, headers.allow]).toEqual([path, 405, allow]);
      expect(json).toMatchObject({ code: 'REQUEST_METHOD_NOT_ALLOWED', feature_flag: true });
    }
  });

  it('to HEAD is that to GET, without the body', async () => {
    const api = await openLocalApi();
    for (const path of ['/health', '/settings', '/nothing', '/diagnostics']) {
      const [head, get] = await Promise.all([api.call(path, { method: 'HEAD' }), api.call(path)]);
      expect([path, head.status, head.bytes.length]).toEqual([path, get.status, 0]);
      expect(head.headers['content-type']).toBe(get.headers['content-type']);
    }
    await api.post('/opt_in', { diagnostics: true });
    expect(await api.call('/diagnostics', { method: 'HEAD' })).toMatchObject({ status: 200 });
    expect(existsSync(join(api.directory, 'diagnostics'))).toBe(false);
  });
});

describe('too many requests', () => {
  it('are told when to come back, and the next second is a new one', async () => {
    const api = await openLocalApi({}, { maxRequestsPerSecond: 3 });
    const answers = await Promise.all(Array.from({ length: 6 }, () => api.call('/health')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(3);
    for (const { headers, json } of refused) {
      expect(headers['retry-after']).toBe('1');
      expect(json).toMatchObject({ code: 'REQUEST_RATE_LIMITED', feature_flag: true });
    }
    await expect.poll(async () => (await api.call('/health')).status, { interval: 200 }).toBe(200);
  });

  it('are not used up by those that are refused for another reason', async () => {
    const api = await openLocalApi({}, { maxRequestsPerSecond: 3 });
    const evil = () => api.call('/health', { headers: { origin: EVIL } });
    await Promise.all(Array.from({ length: 10 }, evil));
    expect((await api.call('/health')).status).toBe(200);
  });
});

describe('the server', () => {
  it('says that a port is taken', async () => {
    const api = await openLocalApi();
    const port = Number(new URL(api.url).port);
    await expect(startLocalApiServer(api.telemetry, { port })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: expect.stringContaining('port is taken'),
    });
  });

  it('takes nothing for a client that is none', async () => {
    await expect(startLocalApiServer({} as never, { port: 0 })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
    });
  });

  it('may be closed twice, and is then gone', async () => {
    const api = await openLocalApi();
    const server = await startLocalApiServer(api.telemetry, { port: 0 });
    await Promise.all([server.close(), server.close()]);
    await expect(callServer(`${server.url}/api/telemetry/health`)).rejects.toThrow();
  });
});
