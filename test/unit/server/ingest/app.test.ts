import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import {
  createIngestApp,
  createMemoryEventStore,
  type EventStore,
  type IngestOptions,
} from '../../../../src/server/ingest/index.js';
import { buildEvent } from './build-event.js';

const KEY = 'phc_test';
const RECEIVED_AT_MS = 1_740_830_400_000;

/** An app over a store that the test can look into. */
function createApp(options: IngestOptions = {}) {
  const store = createMemoryEventStore();
  return { store, app: createIngestApp({ store, now: () => RECEIVED_AT_MS, ...options }) };
}

/** A POST of JSON, or of given bytes as they are. */
function post(body: unknown, headers: Record<string, string> = {}): RequestInit {
  const raw = typeof body === 'string' || body instanceof Uint8Array;
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: raw ? (body as string) : JSON.stringify(body),
  };
}

const batchOf = (...batch: unknown[]) => ({ api_key: KEY, batch });
const gzipOf = (body: unknown) => gzipSync(JSON.stringify(body));

describe('POST /batch', () => {
  it.each(['/batch', '/batch/'])('stores every event sent to %s with the time it arrived', async (path) => {
    const { app, store } = createApp();
    const events = [buildEvent(), buildEvent()];
    const response = await app.request(path, post(batchOf(...events)));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 1, accepted: 2, duplicates: 0 });
    const { events: stored } = await store.list({ limit: 10 });
    expect(stored).toEqual(events.map((event) => ({ ...event, receivedAtMs: RECEIVED_AT_MS })));
  });

  it.each([
    ['a header', '/batch/', { 'content-encoding': 'gzip' }],
    ['a header in capitals', '/batch/', { 'content-encoding': 'GZIP' }],
    ['the URL', '/batch/?compression=gzip-js', {}],
    ['the URL, as text', '/batch/?compression=gzip-js', { 'content-type': 'text/plain' }],
    ['both', '/batch/?compression=gzip', { 'content-encoding': 'gzip' }],
  ])('unpacks gzip announced by %s', async (_what, path, headers) => {
    const { app, store } = createApp();
    const response = await app.request(path, post(gzipOf(batchOf(buildEvent())), headers));
    expect(response.status).toBe(200);
    expect((await store.counts()).total).toBe(1);
  });

  it.each([
    ['a charset', { 'content-type': 'Application/JSON; charset=utf-8' }],
    ['an encoding that changes nothing', { 'content-encoding': 'identity' }],
  ])('accepts %s', async (_what, headers) => {
    const { app } = createApp();
    const response = await app.request('/batch/', post(batchOf(buildEvent()), headers));
    expect(response.status).toBe(200);
  });

  it('counts a batch once when it is sent twice', async () => {
    const { app, store } = createApp();
    const request = () => app.request('/batch/', post(batchOf(first, second)));
    const [first, second] = [buildEvent(), buildEvent()];
    await request();
    expect(await (await request()).json()).toEqual({ status: 1, accepted: 0, duplicates: 2 });
    expect((await store.counts()).total).toBe(2);
  });

  it('stores nothing of a batch whose last event is invalid', async () => {
    const { app, store } = createApp();
    const batch = [...Array.from({ length: 50 }, () => buildEvent()), buildEvent({ event: '' })];
    const response = await app.request('/batch/', post(batchOf(...batch)));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      detail: expect.stringMatching(/^batch\[50\]\.event must/),
    });
    expect((await store.counts()).total).toBe(0);
  });

  it('keeps nothing of the request but the events', async () => {
    const { app, store } = createApp();
    const headers = { 'user-agent': 'HEADER', 'x-forwarded-for': 'HEADER', cookie: 'HEADER' };
    const body = { ...batchOf({ ...buildEvent(), ip: 'HEADER' }), sent_at: 'HEADER' };
    await app.request('/batch/?ip=HEADER', post(body, headers));
    const stored = JSON.stringify(await store.list({ limit: 10 }));
    expect(stored).toContain('report_opened');
    expect(stored).not.toContain('HEADER');
    expect(stored).not.toContain(KEY);
  });
});

describe('a refused request', () => {
  const valid = batchOf(buildEvent());
  const whole = gzipOf(valid);
  const gzip = { 'content-encoding': 'gzip' };
  const notUtf8 = Buffer.from(JSON.stringify(batchOf(buildEvent({ event: 'ÿ' }))), 'latin1');

  it.each<[string, string, RequestInit, number, string]>([
    ['no JSON', '/batch/', post('SECRET'), 400, 'REQUEST_INVALID'],
    ['half of a JSON text', '/batch/', post('{"SECRET'), 400, 'REQUEST_INVALID'],
    ['an empty body', '/batch/', post(''), 400, 'REQUEST_INVALID'],
    [
      'no body',
      '/batch/',
      { method: 'POST', headers: { 'content-type': 'application/json' } },
      400,
      'REQUEST_INVALID',
    ],
    ['text that is not UTF-8', '/batch/', post(notUtf8), 400, 'REQUEST_INVALID'],
    ['JSON null', '/batch/', post('null'), 400, 'REQUEST_INVALID'],
    ['a JSON array', '/batch/', post(['SECRET']), 400, 'REQUEST_INVALID'],
    ['no key', '/batch/', post({ batch: [buildEvent()] }), 400, 'REQUEST_INVALID'],
    ['an empty key', '/batch/', post({ ...valid, api_key: '' }), 400, 'REQUEST_INVALID'],
    ['a key that is no string', '/batch/', post({ ...valid, api_key: 7 }), 400, 'REQUEST_INVALID'],
    ['no batch', '/batch/', post({ api_key: KEY }), 400, 'REQUEST_INVALID'],
    ['JSON called gzip', '/batch/', post(valid, gzip), 400, 'REQUEST_INVALID'],
    ['gzip called JSON', '/batch/', post(whole), 400, 'REQUEST_INVALID'],
    ['half of a gzip', '/batch/', post(whole.subarray(0, whole.length / 2), gzip), 400, 'REQUEST_INVALID'],
    ['a gzip without its checksum', '/batch/', post(whole.subarray(0, -4), gzip), 400, 'REQUEST_INVALID'],
    ['an empty gzip', '/batch/', post(new Uint8Array(), gzip), 400, 'REQUEST_INVALID'],
    ['gzip in gzip', '/batch/', post(gzipSync(whole), gzip), 400, 'REQUEST_INVALID'],
    ['brotli', '/batch/', post(valid, { 'content-encoding': 'br' }), 415, 'REQUEST_UNSUPPORTED'],
    [
      'two encodings',
      '/batch/',
      post(valid, { 'content-encoding': 'gzip, gzip' }),
      415,
      'REQUEST_UNSUPPORTED',
    ],
    ['lz64 in the URL', '/batch/?compression=lz64', post(valid), 415, 'REQUEST_UNSUPPORTED'],
    ['plain text', '/batch/', post(valid, { 'content-type': 'text/plain' }), 415, 'REQUEST_UNSUPPORTED'],
    [
      'a form',
      '/batch/',
      post('data=SECRET', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'REQUEST_UNSUPPORTED',
    ],
    ['flags for nobody', '/flags/', post({ token: KEY }), 400, 'REQUEST_INVALID'],
    ['flags for an empty id', '/flags/', post({ token: KEY, distinct_id: '' }), 400, 'REQUEST_INVALID'],
    [
      'flags for a long id',
      '/flags/',
      post({ token: KEY, distinct_id: 'x'.repeat(201) }),
      400,
      'REQUEST_INVALID',
    ],
    ['flags without a key', '/flags/', post({ distinct_id: 'SECRET' }), 400, 'REQUEST_INVALID'],
    [
      'flag keys in one string',
      '/flags/',
      post({ token: KEY, distinct_id: 'a', flag_keys_to_evaluate: 'SECRET' }),
      400,
      'REQUEST_INVALID',
    ],
    [
      'flag keys that are numbers',
      '/flags/',
      post({ token: KEY, distinct_id: 'a', flag_keys_to_evaluate: [1] }),
      400,
      'REQUEST_INVALID',
    ],
    ['a limit of zero', '/events?limit=0', {}, 400, 'REQUEST_INVALID'],
    ['a limit over 1000', '/events?limit=1001', {}, 400, 'REQUEST_INVALID'],
    ['a limit with a fraction', '/events?limit=1.5', {}, 400, 'REQUEST_INVALID'],
    ['a cursor of its own', '/events?cursor=SECRET', {}, 400, 'REQUEST_INVALID'],
    ['a misspelt filter', '/events?distinctId=SECRET', {}, 400, 'REQUEST_INVALID'],
    ['a filter given twice', '/events?event=a&event=SECRET', {}, 400, 'REQUEST_INVALID'],
    ['an unknown path', '/SECRET', {}, 404, 'REQUEST_NOT_FOUND'],
    ['an unknown path below a route', '/batch/SECRET', post(valid), 404, 'REQUEST_NOT_FOUND'],
    ['a GET of /batch', '/batch', {}, 405, 'REQUEST_METHOD_NOT_ALLOWED'],
    ['a GET of /batch/', '/batch/', {}, 405, 'REQUEST_METHOD_NOT_ALLOWED'],
    ['a DELETE of /events', '/events', { method: 'DELETE' }, 405, 'REQUEST_METHOD_NOT_ALLOWED'],
  ])('with %s says so, echoes nothing and stores nothing', async (_what, path, init, status, code) => {
    const { app, store } = createApp();
    const response = await app.request(path, init);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const text = await response.text();
    expect(JSON.parse(text)).toEqual({
      type: 'about:blank',
      title: expect.any(String),
      status,
      code,
      detail: expect.stringMatching(/^.+\.$/),
    });
    expect(text).not.toContain('SECRET');
    expect((await store.counts()).total).toBe(0);
  });

  it.each([
    ['/batch', 'POST'],
    ['/batch/', 'POST'],
    ['/flags', 'POST'],
    ['/events', 'GET, HEAD'],
    ['/events/counts', 'GET, HEAD'],
  ])('tells which methods %s allows', async (path, allowed) => {
    const response = await createApp().app.request(path, { method: 'PUT' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe(allowed);
  });
});

describe('the limits of a body', () => {
  const small = { maxBodyBytes: 2_000, maxDecompressedBytes: 4_000 };
  const batchOfSize = (bytes: number) => {
    const padding = (length: number) => batchOf(buildEvent({ properties: { padding: 'x'.repeat(length) } }));
    return padding(bytes - JSON.stringify(padding(0)).length);
  };

  it.each([
    [2_000, 200],
    [2_001, 413],
  ])('apply to the bytes sent: %i bytes are answered with %i', async (bytes, status) => {
    const { app } = createApp(small);
    expect((await app.request('/batch/', post(batchOfSize(bytes)))).status).toBe(status);
  });

  it.each([
    [4_000, 200],
    [4_001, 413],
  ])('apply to the bytes unpacked: %i bytes are answered with %i', async (bytes, status) => {
    const { app, store } = createApp(small);
    const response = await app.request(
      '/batch/',
      post(gzipOf(batchOfSize(bytes)), { 'content-encoding': 'gzip' }),
    );
    expect(response.status).toBe(status);
    expect((await store.counts()).total).toBe(status === 200 ? 1 : 0);
  });

  it('do not trust an announced length', async () => {
    const { app } = createApp(small);
    const init = post(batchOfSize(2_001), { 'content-length': '10' });
    expect((await app.request('/batch/', init)).status).toBe(413);
  });

  it('refuse an announced length without reading', async () => {
    const { app } = createApp(small);
    let pulls = 0;
    const pull = () => {
      pulls += 1;
    };
    const body = new ReadableStream({ pull }, { highWaterMark: 0 });
    const headers = { 'content-type': 'application/json', 'content-length': '2001' };
    const init: RequestInit = { method: 'POST', headers, body, duplex: 'half' };
    expect((await app.request('/batch/', init)).status).toBe(413);
    expect(pulls).toBe(0);
  });

  it('stop reading a body that has no end', async () => {
    const { app } = createApp(small);
    let pulled = 0;
    const body = new ReadableStream({
      pull(controller) {
        pulled += 100;
        controller.enqueue(new Uint8Array(100));
      },
    });
    const headers = { 'content-type': 'application/json' };
    const init: RequestInit = { method: 'POST', headers, body, duplex: 'half' };
    expect((await app.request('/batch/', init)).status).toBe(413);
    expect(pulled).toBeLessThan(3_000);
  });

  it('answer a body that breaks off as an invalid request', async () => {
    const { app } = createApp();
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) });
    const headers = { 'content-type': 'application/json' };
    const init: RequestInit = { method: 'POST', headers, body, duplex: 'half' };
    const response = await app.request('/batch/', init);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ detail: 'The body ended early.' });
  });

  it.each(['/batch/', '/flags/'])(
    'refuse for %s more values than events have, before reading them',
    async (path) => {
      const { app, store } = createApp();
      const send = (filling: string, end: string) => {
        const body = gzipSync(`{"api_key":"${KEY}","distinct_id":"d","batch":0,"a":[${filling}0${end}`);
        return app.request(path, post(body, { 'content-encoding': 'gzip' }));
      };
      for (const filling of ['{},', '[[]],', '{"":0},', '0,'].map((unit) => unit.repeat(500_001))) {
        // A text without its end is no JSON, and nobody comes to see it.
        for (const end of [']}', '']) {
          const response = await send(filling, end);
          expect(response.status).toBe(413);
          expect(await response.json()).toMatchObject({ code: 'REQUEST_TOO_LARGE' });
        }
      }
      const { status } = await send('{},'.repeat(249_990), ']}');
      expect(status).toBe(path === '/flags/' ? 200 : 400);
      expect((await store.counts()).total).toBe(0);
    },
  );

  it('let ten megabytes of long texts through, whatever stands in them', async () => {
    const { app, store } = createApp();
    const events = Array.from({ length: 99 }, () =>
      buildEvent({ properties: { note: '[{"a,b":1},{},]'.repeat(5_500) } }),
    );
    const body = gzipOf(batchOf(...events));
    expect(JSON.stringify(batchOf(...events)).length).toBeGreaterThan(9_000_000);
    const { status } = await app.request('/batch/', post(body, { 'content-encoding': 'gzip' }));
    expect(status).toBe(200);
    expect((await store.counts()).total).toBe(99);
  });

  it('refuse a body that unpacks to a gigabyte, quickly and in little memory', async () => {
    const { app } = createApp();
    // Members of a gzip file may follow one another: a thousand small ones make a gigabyte.
    const member = gzipSync(new Uint8Array(1024 * 1024));
    const bomb = Buffer.concat(Array.from({ length: 1024 }, () => member));
    const before = process.memoryUsage().rss;
    const startedAt = performance.now();
    const response = await app.request('/batch/', post(bomb, { 'content-encoding': 'gzip' }));
    expect(response.status).toBe(413);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });
});

describe('project keys', () => {
  it.each([
    ['a configured key', 200, { api_key: 'phc_b' }],
    ['a configured key as token', 200, { token: 'phc_b' }],
    ['another key', 401, { api_key: 'phc_c' }],
    ['a configured key in capitals', 401, { api_key: 'PHC_B' }],
    ['an empty key', 401, { api_key: '' }],
    ['no key', 401, {}],
  ])('on a server with keys: %s is answered with %i', async (_what, status, key) => {
    const { app } = createApp({ apiKeys: ['phc_a', 'phc_b'] });
    const batch = await app.request('/batch/', post({ ...key, batch: [buildEvent()] }));
    const flags = await app.request('/flags/', post({ ...key, distinct_id: 'user-1' }));
    expect([batch.status, flags.status]).toEqual([status, status]);
    if (status === 401) expect(await batch.json()).toMatchObject({ code: 'REQUEST_UNAUTHORIZED' });
  });
});

describe('POST /flags', () => {
  const flags = [{ key: 'a' }, { key: 'b', rollout_percentage: 0 }];

  it.each(['/flags', '/flags/', '/flags/?v=2', '/flags?v=2&config=true'])('evaluates at %s', async (path) => {
    const { app } = createApp({ flags });
    const response = await app.request(path, post({ token: KEY, distinct_id: 'user-1' }));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      flags: {
        a: expect.objectContaining({ key: 'a', enabled: true }),
        b: expect.objectContaining({ key: 'b', enabled: false }),
      },
      errorsWhileComputingFlags: false,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it.each([
    [['b'], ['b']],
    [[], []],
    [null, ['a', 'b']],
  ])('asked for %j, answers for %j', async (flag_keys_to_evaluate, expected) => {
    const { app } = createApp({ flags });
    const body = { token: KEY, distinct_id: 'user-1', flag_keys_to_evaluate };
    const answer = (await (await app.request('/flags/', post(body))).json()) as { flags: object };
    expect(Object.keys(answer.flags)).toEqual(expected);
  });

  it('stores nothing about who asked', async () => {
    const { app, store } = createApp({ flags });
    await app.request('/flags/', post({ token: KEY, distinct_id: 'user-1', person_properties: { a: 1 } }));
    expect(await store.counts()).toEqual({ total: 0, byEvent: {}, dropped: 0 });
  });
});

describe('reading back', () => {
  it('pages through matching events, oldest first', async () => {
    const { app } = createApp();
    const mine = [1, 2, 3].map((rows) =>
      buildEvent({ event: 'a b&c', distinct_id: 'me', properties: { rows } }),
    );
    const others = [buildEvent({ event: 'a b&c' }), buildEvent({ distinct_id: 'me' })];
    await app.request('/batch/', post(batchOf(mine[0], others[0], mine[1], others[1], mine[2])));

    const path = '/events?event=a%20b%26c&distinct_id=me&limit=2';
    const first = (await (await app.request(path)).json()) as { events: unknown[]; nextCursor: string };
    const second = await (await app.request(`${path}&cursor=${first.nextCursor}`)).json();
    const stored = mine.map((event) => ({ ...event, receivedAtMs: RECEIVED_AT_MS }));
    expect(first.events).toEqual(stored.slice(0, 2));
    expect(second).toEqual({ events: stored.slice(2), nextCursor: null });
  });

  it('returns at most 100 events unless asked for more', async () => {
    const { app } = createApp();
    await app.request('/batch/', post(batchOf(...Array.from({ length: 120 }, () => buildEvent()))));
    const count = async (path: string) =>
      ((await (await app.request(path)).json()) as { events: unknown[] }).events.length;
    expect(await count('/events')).toBe(100);
    expect(await count('/events?limit=1000')).toBe(120);
  });

  it('counts events by name', async () => {
    const { app } = createApp();
    await app.request('/batch/', post(batchOf(buildEvent(), buildEvent(), buildEvent({ event: 'closed' }))));
    const response = await app.request('/events/counts');
    expect(await response.json()).toEqual({ total: 3, byEvent: { report_opened: 2, closed: 1 }, dropped: 0 });
  });

  it('returns the deepest properties that it accepts', async () => {
    const { app } = createApp();
    const properties = JSON.parse(`${'{"a":'.repeat(63)}{}${'}'.repeat(63)}`);
    await app.request('/batch/', post(batchOf(buildEvent({ properties }))));
    expect(await (await app.request('/events')).json()).toMatchObject({ events: [{ properties }] });
  });

  it('refuses properties so deep that they could not be read back', async () => {
    const { app } = createApp();
    const [before, after] = JSON.stringify(batchOf(buildEvent({ properties: {} }))).split('{}');
    const response = await app.request(
      '/batch/',
      post(`${before}${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}${after}`),
    );
    expect(response.status).toBe(400);
    expect((await app.request('/events')).status).toBe(200);
  });

  it('says that it is well', async () => {
    const response = await createApp().app.request('/health');
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  });
});

describe('a failing store', () => {
  const failure = new Error('connection to db.internal failed for SECRET');
  const failingStore: EventStore = {
    add: () => Promise.reject(failure),
    list: () => Promise.reject(failure),
    counts: () => Promise.reject(failure),
    close: () => Promise.resolve(),
  };

  it.each<[string, RequestInit]>([
    ['/batch/', post(batchOf(buildEvent()))],
    ['/events', {}],
    ['/events/counts', {}],
  ])('is answered at %s without its message, which only the operator is told', async (path, init) => {
    const onFailure = vi.fn();
    const { app } = createApp({ store: failingStore, onFailure });
    const response = await app.request(path, init);
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ status: 500, code: 'SERVER_FAILED' });
    expect(text).not.toContain('SECRET');
    expect(onFailure.mock.calls).toEqual([[failure]]);
  });
});
