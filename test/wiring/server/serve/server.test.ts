import { connect, createServer, type Socket } from 'node:net';
import { openOperator, type Server, type ServerOptions, startServer } from 'sotto/server';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readServiceSettings, type ServiceSettings } from '../../../../src/settings/index.js';
import { openLocalApiToken } from '../../../../src/store/index.js';
import { createPostgres, type TestPostgres } from '../../../support/postgres.js';
import { openWiring } from '../../../support/wiring.js';
import { callServer } from '../local-api/support.js';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await createPostgres();
});
afterAll(() => postgres.drop());

const servicesOf = (more: Partial<ServiceSettings> = {}): ServiceSettings => ({
  ...readServiceSettings({ env: { HOME: '/nonexistent' } }),
  databaseUrl: postgres.url,
  ...more,
});

async function serve(options: Partial<ServerOptions>): Promise<Server> {
  const server = await startServer({ roles: ['orgs'], services: servicesOf(), port: 0, ...options });
  onTestFinished(() => server.close());
  return server;
}

async function createToken(scope: 'read' | 'admin' = 'admin'): Promise<string> {
  await using operator = await openOperator(servicesOf());
  const { text } = await operator.perform({
    command: 'create_token',
    orgId: 'extend',
    teamNodeId: 'team_abc123',
    scope,
    expiresAtMs: null,
  });
  return text;
}

const event = {
  uuid: '0198f0c6-0000-7000-8000-000000000001',
  event: 'searched',
  distinct_id: 'someone',
  timestamp: '2026-01-11T19:05:21.133Z',
  properties: { results: 3 },
};

describe('one process of several roles', () => {
  it('answers each role at its own paths, with its own guards', async () => {
    await using app = await openWiring();
    const { telemetry, directory } = app;
    const { url } = await serve({ roles: ['local-api', 'web', 'orgs', 'ingest'], telemetry });
    const token = await createToken();
    const [bearer, own] = [token, openLocalApiToken(directory)].map((text) => ({
      authorization: `Bearer ${text}`,
    }));

    expect(await callServer(`${url}/health`)).toMatchObject({ status: 200, json: { status: 'ok' } });
    expect(await callServer(`${url}/ready`)).toMatchObject({ status: 200, json: { status: 'ok' } });
    expect((await callServer(`${url}/api/telemetry/summary`, { headers: own! })).status).toBe(200);
    expect((await callServer(`${url}/api/telemetry/summary`, { headers: bearer! })).status).toBe(401);
    const settings = await callServer(`${url}/api/v1/config/me/org-settings`, { headers: bearer! });
    expect(settings.json).toMatchObject({ org_id: 'extend', telemetry_enabled: true });
    expect((await callServer(`${url}/api/v1/config/me`, { headers: own! })).status).toBe(401);
    const headers = { 'content-type': 'application/json' };
    const body = { api_key: 'phc_any', batch: [event] };
    const received = await callServer(`${url}/batch/`, { method: 'POST', headers, body });
    expect(received.json).toEqual({ status: 1, accepted: 1, duplicates: 0 });
    expect((await callServer(`${url}/events`)).json.events).toMatchObject([event]);
    for (const page of ['/settings', '/']) {
      const shown = await fetch(url + page, { headers: { accept: 'text/html' } });
      expect(await shown.text()).toMatch(/<form[^>]*sign-in/);
    }
    expect((await callServer(`${url}/nothing`)).status).toBe(404);
  });

  it('has nothing at the paths of roles that it was not given', async () => {
    const { url } = await serve({ roles: ['orgs'] });
    for (const path of ['/', '/settings', '/events', '/batch', '/api/telemetry/health', '/api/v1/operator'])
      expect(await callServer(url + path)).toMatchObject({
        status: 404,
        json: { code: 'REQUEST_NOT_FOUND' },
      });
  });

  it('answers no name of another machine where it is about a person', async () => {
    await using app = await openWiring();
    const { url } = await serve({ roles: ['local-api', 'web'], telemetry: app.telemetry });
    for (const path of ['/', '/health', '/assets/page.css', '/api/telemetry/health'])
      expect(await callServer(url + path, { headers: { host: 'evil.example' } })).toMatchObject({
        status: 403,
        json: { code: 'REQUEST_FORBIDDEN' },
      });
  });

  it('lets no browser make a page of what programs read', async () => {
    await using app = await openWiring();
    const { url } = await serve({ roles: ['local-api', 'web', 'orgs', 'ingest'], telemetry: app.telemetry });
    for (const path of ['/health', '/ready', '/events', '/events/counts', '/api/v1/config/me', '/nothing'])
      for (const headers of [{}, { host: 'evil.example' }])
        expect((await callServer(url + path, { headers })).headers).toMatchObject({
          'cache-control': 'no-store',
          'content-security-policy': expect.stringContaining("default-src 'none'"),
          'x-content-type-options': 'nosniff',
        });
  });

  it('signs a browser in to the page of a person only', async () => {
    await using app = await openWiring();
    const token = openLocalApiToken(app.directory);
    const personal = await serve({ roles: ['local-api', 'web'], telemetry: app.telemetry });
    expect(personal.createSignInPath(token)).toMatch(/^\/[^?]/);
    expect((await serve({ roles: ['orgs', 'web'] })).createSignInPath(token)).toBeUndefined();
  });

  it('frees its port when it is closed, and may be closed twice', async () => {
    const server = await serve({});
    await Promise.all([server.close(), server.close()]);
    await server.close();
    const again = await serve({ port: server.port });
    expect(again.port).toBe(server.port);
  });

  it('leaves nothing open when its port is taken', async () => {
    const { port } = await serve({});
    await expect(serve({ port })).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    const [{ count }] = (await postgres.query(
      "SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'sotto'",
    )) as [{ count: number }];
    // Of the first server alone.
    expect(count).toBeLessThanOrEqual(1);
  });
});

describe('pages in a process of their own', () => {
  it('ask the settings service of another', async () => {
    const service = await serve({ roles: ['orgs'] });
    const pages = await serve({ roles: ['web'], services: servicesOf({ configServiceUrl: service.url }) });
    const headers = { authorization: `Bearer ${await createToken()}` };
    const path = '/api/config/me/org-settings';
    expect((await callServer(pages.url + path, { headers })).json).toMatchObject({ org_id: 'extend' });

    await service.close();
    const { status, json, bytes } = await callServer(pages.url + path, { headers });
    expect({ status, code: json.code }).toEqual({ status: 502, code: 'UPSTREAM_UNAVAILABLE' });
    expect(bytes.toString()).not.toMatch(/127\.0\.0\.1|ECONN|fetch|Error|at /);
  });
});

describe('a database that goes away', () => {
  /** Between the server and its database: can be cut off. */
  async function openCable() {
    const { hostname, port } = new URL(postgres.url);
    const sockets = new Set<Socket>();
    let isCut = false;
    const cable = createServer((near) => {
      if (isCut) return near.destroy();
      const far = connect(Number(port), hostname);
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(socket);
        socket.on('error', () => other.destroy()).on('close', () => other.destroy());
        socket.pipe(other);
      }
    });
    await new Promise<void>((resolve) => cable.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void cable.close());
    const url = new URL(postgres.url);
    url.port = String((cable.address() as { port: number }).port);
    return {
      url: url.href,
      cut() {
        isCut = true;
        for (const socket of sockets) socket.destroy();
      },
      mend() {
        isCut = false;
      },
    };
  }

  it('is told by every answer that needs it, and the next one works when it is back', async () => {
    const cable = await openCable();
    const services = servicesOf({ databaseUrl: cable.url });
    const { url } = await serve({ roles: ['orgs', 'web', 'ingest'], services });
    const headers = { authorization: `Bearer ${await createToken()}` };
    const paths = ['/ready', '/api/v1/config/me/org-settings', '/api/config/me/org-settings', '/events'];
    const statuses = () =>
      Promise.all(paths.map(async (path) => (await callServer(url + path, { headers })).status));
    expect(await statuses()).toEqual([200, 200, 200, 200]);

    cable.cut();
    for (const path of paths) {
      const { status, json, bytes } = await callServer(url + path, { headers });
      const said = path === '/ready' ? json.parts.database.status : json.code;
      expect({ path, status, said }).toEqual({
        path,
        status: 503,
        said: path === '/ready' ? 'down' : 'DATABASE_UNAVAILABLE',
      });
      expect(bytes.toString()).not.toMatch(/127\.0\.0\.1|ECONN|sotto_test/);
    }
    expect(await callServer(`${url}/health`)).toMatchObject({ status: 200, json: { status: 'degraded' } });

    cable.mend();
    expect(await statuses()).toEqual([200, 200, 200, 200]);
  });
});
