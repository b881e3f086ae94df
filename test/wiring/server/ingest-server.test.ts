import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { PostHog } from 'posthog-node';
import { createMemoryEventStore, type StoredEvent, startIngestServer } from 'sotto/server';
import { afterEach, describe, expect, it } from 'vitest';

const { Request: RequestAtImport, Response: ResponseAtImport } = globalThis;

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(options: Parameters<typeof startIngestServer>[0] = {}) {
  const server = await startIngestServer({ port: 0, ...options });
  cleanups.push(() => server.close());
  return server;
}

/** A real client, and every request it sent: path, headers and the unpacked body. */
function createClient(url: string) {
  const requests: { path: string; encoding: string | null; body: Record<string, unknown> }[] = [];
  const client = new PostHog('phc_test', {
    host: url,
    flushAt: 1000,
    flushInterval: 0,
    fetchRetryCount: 0,
    fetch: async (target, options) => {
      const { pathname, search } = new URL(target);
      const encoding = new Headers(options.headers).get('content-encoding');
      const bytes = Buffer.from(await new Response(options.body as string).arrayBuffer());
      const text = (encoding === 'gzip' ? gunzipSync(bytes) : bytes).toString();
      requests.push({ path: pathname + search, encoding, body: JSON.parse(text) });
      return fetch(target, options as RequestInit);
    },
  });
  cleanups.push(() => client.shutdown());
  return { client, requests };
}

async function readEvents(url: string): Promise<StoredEvent[]> {
  const response = await fetch(`${url}/events?limit=1000`);
  return ((await response.json()) as { events: StoredEvent[] }).events;
}

describe('a real posthog-node client', () => {
  it('sends a compressed batch whose events read back as they were sent', async () => {
    const { url } = await start();
    const { client, requests } = createClient(url);
    for (let row = 0; row < 25; row += 1) {
      client.capture({
        distinctId: `session-${row % 3}`,
        event: 'row_read',
        properties: { row, größe: 'ä' },
      });
    }
    await client.flush();

    expect(requests).toEqual([
      { path: '/batch/', encoding: 'gzip', body: expect.objectContaining({ api_key: 'phc_test' }) },
    ]);
    const events = await readEvents(url);
    expect(events).toHaveLength(25);
    expect(events.map(({ receivedAtMs, ...sent }) => sent)).toEqual(requests[0]?.body.batch);
    expect(events.every(({ receivedAtMs }) => Math.abs(receivedAtMs - Date.now()) < 60_000)).toBe(true);
  });

  it('counts an event once that it sends in two batches', async () => {
    const { url } = await start();
    const { client } = createClient(url);
    const uuid = '0194d5e2-7c3a-7b11-9f00-abcdef012345';
    const timestamp = new Date('2026-11-22T12:00:00Z');
    for (const row of [1, 2]) {
      client.capture({ distinctId: 'session-1', event: 'row_read', properties: { row }, uuid, timestamp });
      await client.flush();
    }
    const response = await fetch(`${url}/events/counts`);
    expect(await response.json()).toEqual({ total: 1, byEvent: { row_read: 1 }, dropped: 0 });
  });

  it('evaluates flags', async () => {
    const { url } = await start({
      flags: [
        { key: 'on' },
        { key: 'off', rollout_percentage: 0 },
        { key: 'arm', variants: [{ key: 'blue', rollout_percentage: 100 }] },
      ],
    });
    const { client, requests } = createClient(url);
    const silent = { sendFeatureFlagEvents: false };
    const all = await client.evaluateFlags('user-1');
    expect(all.keys.toSorted()).toEqual(['arm', 'off', 'on']);
    expect(['on', 'off', 'arm', 'unknown'].map((key) => all.getFlag(key, silent))).toEqual([
      true,
      false,
      'blue',
      undefined,
    ]);
    const one = await client.evaluateFlags('user-1', { flagKeys: ['arm'] });
    expect(one.keys).toEqual(['arm']);
    expect(requests.map(({ path }) => path)).toEqual(['/flags/?v=2', '/flags/?v=2']);
    expect(await readEvents(url)).toEqual([]);
  });

  it('reports a flag call with the identity of the answer', async () => {
    const { url } = await start({ flags: [{ key: 'on' }] });
    const { client } = createClient(url);
    (await client.evaluateFlags('user-1')).getFlag('on');
    await client.flush();
    expect((await readEvents(url)).map(({ event, properties }) => ({ event, properties }))).toEqual([
      {
        event: '$feature_flag_called',
        properties: expect.objectContaining({
          $feature_flag: 'on',
          $feature_flag_response: true,
          $feature_flag_reason: 'Matched condition set 1',
          $feature_flag_request_id: expect.any(String),
        }),
      },
    ]);
  });

  it('is refused with a wrong key', async () => {
    const { url } = await start({ apiKeys: ['phc_other'] });
    const { client } = createClient(url);
    client.capture({ distinctId: 'session-1', event: 'row_read' });
    await expect(client.flush()).rejects.toMatchObject({ status: 401 });
    expect(await readEvents(url)).toEqual([]);
  });

  it('halves a batch that is too large until it fits', async () => {
    const { url } = await start({ maxDecompressedBytes: 5_000 });
    const { client, requests } = createClient(url);
    for (let row = 0; row < 100; row += 1) {
      client.capture({ distinctId: 'session-1', event: 'row_read', properties: { row } });
    }
    await client.flush();
    expect(requests.length).toBeGreaterThan(1);
    const rows = (await readEvents(url)).map(({ properties }) => properties.row);
    expect(rows).toEqual(Array.from({ length: 100 }, (_, row) => row));
  });
});

describe('the receiving server', () => {
  it('answers a body over the limit before it has arrived', async () => {
    const { url } = await start();
    const body = Buffer.alloc(8 * 1024 * 1024, ' ');
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}/batch/`, { method: 'POST', headers, body });
    expect(response.status).toBe(413);
  });

  it('takes a free port while the default one is taken', async () => {
    const blocker = createServer();
    blocker.listen(7311, '127.0.0.1');
    // Taken by this test or by somebody else: both will do.
    await Promise.race([once(blocker, 'listening'), once(blocker, 'error').catch(() => {})]);
    cleanups.push(async () => blocker.close());

    const server = await startIngestServer();
    cleanups.push(() => server.close());
    expect(server.port).not.toBe(7311);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
  });

  it('refuses a chosen port that is taken', async () => {
    const { port } = await start();
    await expect(startIngestServer({ port })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: expect.stringMatching(/^port is taken/),
    });
  });

  it.each([-1, 65_536, 1.5, Number.NaN])('refuses the port %s', async (port) => {
    await expect(startIngestServer({ port })).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  });

  it('listens on one loopback address and no other', async () => {
    const server = await start();
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
    const elsewhere = fetch(`http://127.0.0.2:${server.port}/health`, { signal: AbortSignal.timeout(1_000) });
    await expect(elsewhere).rejects.toThrow();
  });

  it('leaves the globals of the process alone', async () => {
    await start();
    expect(globalThis.Request).toBe(RequestAtImport);
    expect(globalThis.Response).toBe(ResponseAtImport);
  });

  it('frees its port when closed, twice and at once', async () => {
    const server = await start();
    await Promise.all([server.close(), server.close()]);
    await server.close();
    const next = await start({ port: server.port });
    expect(next.port).toBe(server.port);
  });

  it('closes within three seconds although a client never finishes its request', async () => {
    const server = await start();
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => {});
    await once(socket, 'connect');
    socket.write(
      'POST /batch/ HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{',
    );
    await fetch(`${server.url}/health`);

    const startedAt = performance.now();
    await server.close();
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  it.each([
    ['keeps a store that it was given open', true],
    ['closes a store that it made', false],
  ])('%s', async (_what, given) => {
    const own = createMemoryEventStore();
    const server = await start(given ? { store: own } : {});
    const { client } = createClient(server.url);
    client.capture({ distinctId: 'session-1', event: 'row_read' });
    await client.flush();
    await server.close();
    expect((await server.store.list({ limit: 1 })).events).toHaveLength(given ? 1 : 0);
  });
});
