import { describe, expect, it, onTestFinished } from 'vitest';
import { createConfigUpstream } from '../../../../src/server/web/index.js';
import { ADMIN, problem, READER } from '../../../browser/settings/settings-service.js';
import { serveApp } from '../../../browser/support/serve.js';
import { openWeb } from './open-web.js';

const API = '/api/config/me/org-settings';
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const put = (headers: Record<string, string>, body = '{"telemetry_enabled":false}') => ({
  method: 'PUT',
  headers: { 'content-type': 'application/json', ...headers },
  body,
});

describe('the settings service on the host of the pages', () => {
  it('answers a program with its own token, as the service does', async () => {
    const { request, service } = openWeb();
    const read = await request(API, { headers: bearer(ADMIN) });
    expect([read.status, read.headers.get('etag'), await read.json()]).toEqual([
      200,
      '"1"',
      service.settings,
    ]);
    const written = await request(API, put({ ...bearer(ADMIN), 'if-match': '"1"' }));
    expect([written.status, written.headers.get('etag')]).toEqual([200, '"2"']);
    expect(await written.json()).toMatchObject({ telemetry_enabled: false });
    expect((await request(API, put({ ...bearer(ADMIN), 'if-match': '"1"' }))).status).toBe(412);
    expect((await request(API, put(bearer(READER)))).status).toBe(403);
  });

  it('answers nobody without a token, whatever headers say', async () => {
    const { request, service } = openWeb();
    const headers = { 'x-org-id': 'extend', 'x-team-node-id': 'team_abc123', 'x-admin-token': ADMIN };
    const read = await request(API, { headers });
    expect(read.status).toBe(401);
    expect(read.headers.get('www-authenticate')).toBe('Bearer');
    const written = await request(API, put(headers));
    expect([written.status, written.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(service.puts).toEqual([]);
  });

  it('does not fall back to the session when a token is not valid', async () => {
    const web = openWeb();
    const { cookie, csrf } = await web.signIn();
    const headers = { ...bearer('wrong.token'), cookie, 'x-csrf-token': csrf };
    expect((await web.request(API, { headers })).status).toBe(401);
    expect((await web.request(API, put(headers))).status).toBe(401);
    expect(web.service.settings.telemetry_enabled).toBe(true);
  });

  it('refuses a page of another origin, even with a token', async () => {
    const { request, service } = openWeb();
    const answer = await request(API, put({ ...bearer(ADMIN), origin: 'http://elsewhere.test' }));
    expect(answer.status).toBe(403);
    expect(service.puts).toEqual([]);
  });

  it('hands on four headers and no other', async () => {
    const seen: string[][] = [];
    const { request } = openWeb({
      configService: (received) => {
        seen.push([...received.headers.keys()].sort());
        return new Response('{}', {
          headers: {
            'x-internal-host': 'db-1',
            server: 'secret',
            'set-cookie': 'a=1',
            etag: '"1"',
            'content-type': 'application/json',
          },
        });
      },
    });
    const answer = await request(
      API,
      put({ ...bearer(ADMIN), cookie: 'a=b', 'x-forwarded-for': '10.1.2.3', 'if-match': '"1"' }),
    );
    expect(seen).toEqual([['authorization', 'content-length', 'content-type', 'if-match']]);
    for (const name of ['x-internal-host', 'server', 'set-cookie'])
      expect(answer.headers.get(name)).toBeNull();
  });

  it('passes on a refusal of the service with its body', async () => {
    const { request, service } = openWeb();
    service.instead.set('PUT /org-settings', () => problem(422, 'Not as described.'));
    const answer = await request(API, put(bearer(ADMIN), '{}'));
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ detail: 'Not as described.' });
  });
});

describe('a settings service in another process', () => {
  const openUpstream = async (
    handler: (request: Request) => Response | Promise<Response>,
    timeoutMs = 2_000,
  ) => {
    const served = await serveApp({ fetch: handler });
    onTestFinished(() => served[Symbol.asyncDispose]());
    return openWeb({ configService: createConfigUpstream(`${served.url}/base/`, { timeoutMs }) });
  };

  const expectUnavailable = async (answer: Response) => {
    expect(answer.status).toBe(502);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(text).not.toMatch(/127\.0\.0\.1|ECONN|fetch failed|base/);
  };

  it('is asked below its own path', async () => {
    const paths: string[] = [];
    const { request } = await openUpstream(({ url, headers }) => {
      paths.push(`${new URL(url).pathname} ${headers.get('authorization')}`);
      return Response.json({ telemetry_enabled: true }, { headers: { etag: '"3"' } });
    });
    const answer = await request(API, { headers: bearer(ADMIN) });
    expect(answer.headers.get('etag')).toBe('"3"');
    expect(await answer.json()).toEqual({ telemetry_enabled: true });
    expect(paths).toEqual([`/base/api/v1/config/me/org-settings Bearer ${ADMIN}`]);
  });

  it('that is not there is a 502 without its address', async () => {
    const { request } = openWeb({ configService: createConfigUpstream('http://127.0.0.1:1') });
    await expectUnavailable(await request(API, { headers: bearer(ADMIN) }));
  });

  it('that never answers is a 502', async () => {
    const { request } = await openUpstream(() => new Promise(() => {}), 150);
    await expectUnavailable(await request(API, { headers: bearer(ADMIN) }));
  });

  it('that leads elsewhere is a 502, and the other one is not asked', async () => {
    const asked: string[] = [];
    const other = await serveApp({
      fetch: ({ url }) => {
        asked.push(url);
        return Response.json({});
      },
    });
    onTestFinished(() => other[Symbol.asyncDispose]());
    const { request } = await openUpstream(() => Response.redirect(other.url, 302));
    await expectUnavailable(await request(API, { headers: bearer(ADMIN) }));
    expect(asked).toEqual([]);
  });

  it.each<[string, Response]>([
    ['a page', new Response('<script>1</script>', { headers: { 'content-type': 'text/html' } })],
    ['a page of a failure', new Response('db.internal:5432', { status: 500 })],
    ['nothing', new Response(null, { status: 204 })],
    [
      'that nothing is new',
      new Response(null, { status: 304, headers: { 'content-type': 'application/json' } }),
    ],
  ])('that answers with %s is a 502 without its text', async (_what, response) => {
    const { request } = await openUpstream(() => response);
    const answer = await request(API, { headers: bearer(ADMIN) });
    await expectUnavailable(answer.clone() as Response);
    expect(await answer.text()).not.toMatch(/script|internal/);
  });

  it('that answers with far too much is a 502', async () => {
    const { request } = await openUpstream(() => new Response('x'.repeat(3 * 1_048_576)));
    await expectUnavailable(await request(API, { headers: bearer(ADMIN) }));
  });

  it.each(['ftp://x', 'config-service:8080', 'http://user:pass@x', ''])('is no %j', (url) => {
    expect(() => createConfigUpstream(url)).toThrow(/must be an http or https URL/);
  });
});
