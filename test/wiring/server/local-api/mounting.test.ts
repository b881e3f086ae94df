import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createLocalApi, type LocalApiOptions, openLocalApiToken } from 'sotto/server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openWiring } from '../../../support/wiring.js';
import { callServer } from './support.js';

const BASE = '/api/telemetry';

async function openApi(options: LocalApiOptions = {}) {
  const wiring = await openWiring();
  onTestFinished(() => wiring[Symbol.asyncDispose]());
  const authorization = `Bearer ${openLocalApiToken(wiring.telemetry)}`;
  return { api: createLocalApi(wiring.telemetry, options), telemetry: wiring.telemetry, authorization };
}

/** What each way of mounting has to answer. */
async function expectAnswers(
  ask: (
    path: string,
    init?: { method?: string; headers?: Record<string, string>; body?: string },
  ) => Promise<{
    status: number;
    // biome-ignore lint/suspicious/noExplicitAny: whatever it is.
    json: any;
  }>,
  authorization: string,
): Promise<void> {
  expect(await ask('/health')).toMatchObject({ status: 200, json: { ok: true, feature_flag: true } });
  expect(await ask('/settings')).toMatchObject({ status: 401, json: { feature_flag: true } });
  const headers = { authorization, 'content-type': 'application/json' };
  expect(await ask('/settings', { headers })).toMatchObject({ status: 200 });
  const recorded = await ask('/features', { method: 'POST', headers, body: '{"feature":"a.b"}' });
  expect(recorded).toMatchObject({ status: 200, json: { recorded: true } });
  expect(await ask('/features', { method: 'POST', headers, body: '{"feature":' })).toMatchObject({
    status: 400,
    json: { code: 'REQUEST_INVALID', feature_flag: true },
  });
  expect(await ask('/opt_in', { method: 'POST', headers: { authorization } })).toMatchObject({ status: 200 });
  expect(await ask('/nothing', { headers })).toMatchObject({ status: 404, json: { feature_flag: true } });
  expect(await ask('/summary', { method: 'POST', headers, body: '{}' })).toMatchObject({
    status: 405,
    json: { feature_flag: true },
  });
  const { json } = await ask('/openapi.json', { headers });
  const [{ url }] = json.servers;
  const served = Object.keys(json.paths).map((path) => `${url === '/' ? '' : url}${path}`);
  expect(served).toContain(`${BASE}/health`);
  expect(await ask('/settings', { headers: { ...headers, origin: 'https://evil.example' } })).toMatchObject({
    status: 403,
    json: { feature_flag: true },
  });
}

describe('the local API', () => {
  it('is mounted in a bare Hono app, whose other routes stay its own', async () => {
    const { api, authorization } = await openApi();
    const app = new Hono();
    app.get('/', (context) => context.text('mine'));
    app.route(BASE, api);
    app.get('/later', (context) => context.text('mine too'));
    await expectAnswers(async (path, init) => {
      const response = await app.request(`http://localhost${BASE}${path}`, init);
      expect(response.headers.get('cache-control')).toBe('no-store');
      return { status: response.status, json: await response.json() };
    }, authorization);
    for (const path of ['/', '/later']) {
      const response = await app.request(path);
      expect([response.status, response.headers.get('content-security-policy')]).toEqual([200, null]);
    }
    expect(await (await app.request('/elsewhere')).text()).toBe('404 Not Found');
  });

  it('is mounted by a server of Node', async () => {
    const { api, authorization } = await openApi({ basePath: BASE });
    const listener = getRequestListener(api.fetch, { overrideGlobalObjects: false });
    const server = createServer((request, response) => {
      if (request.url?.startsWith(BASE)) void listener(request, response);
      else response.end('mine');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expectAnswers((path, init) => callServer(`${url}${BASE}${path}`, init), authorization);
    expect((await callServer(url)).bytes.toString()).toBe('mine');
  });

  it('is mounted by anything that speaks Fetch', async () => {
    const { api, authorization } = await openApi({ basePath: BASE });
    const ask = async (path: string, init?: RequestInit) => {
      const response = await api.fetch(new Request(`http://localhost:8001${path}`, init));
      return { status: response.status, json: await response.json() };
    };
    await expectAnswers((path, init) => ask(BASE + path, init), authorization);
    expect(await ask('/health', { headers: { authorization } })).toMatchObject({
      status: 404,
      json: { feature_flag: true },
    });
    const rebound = await api.fetch(new Request(`http://evil.example${BASE}/health`));
    expect(rebound.status).toBe(403);
  });

  it('answers other machines only when an option says so', async () => {
    const incoming = { socket: { remoteAddress: '192.168.1.7' } };
    for (const [options, status] of [
      [{}, 403],
      [{ allowRemote: true }, 200],
    ] as const) {
      const { api } = await openApi(options);
      const response = await api.fetch(new Request('http://localhost/health'), { incoming });
      expect(response.status).toBe(status);
    }
  });

  it('tells the host of a failure, and the caller nothing of it', async () => {
    const failures: unknown[] = [];
    const { api, telemetry, authorization } = await openApi({
      onFailure: (error) => {
        failures.push(error);
        throw new Error('the host fails too');
      },
    });
    telemetry.recordFeature = () => {
      throw new Error('canary /home/ada');
    };
    const response = await api.fetch(
      new Request('http://localhost/features', {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: '{"feature":"a.b"}',
      }),
    );
    expect(response.status).toBe(500);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ code: 'SERVER_FAILED', status: 500, feature_flag: true });
    expect(text).not.toContain('canary');
    expect(failures).toHaveLength(1);
  });
});
