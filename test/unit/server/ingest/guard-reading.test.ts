import { describe, expect, it } from 'vitest';
import { createIngestApp } from '../../../../src/server/ingest/index.js';

const KEY = 'a-key-of-sixteen-characters';
const remote = { incoming: { socket: { remoteAddress: '203.0.113.7' } } };
const local = { incoming: { socket: { remoteAddress: '127.0.0.1' } } };
const ROUTES = ['/events', '/events/', '/events/counts', '/events?limit=1'];

describe.each(ROUTES)('reading %s', (route) => {
  const get = (app: ReturnType<typeof createIngestApp>, headers: Record<string, string>, env: object) =>
    app.request(`http://127.0.0.1:7311${route}`, { headers }, env);

  it('is for programs of this machine', async () => {
    expect((await get(createIngestApp(), {}, local)).status).toBe(200);
  });

  it.each([
    ['another machine', {}, remote],
    ['a page whose name leads here', { host: 'evil.example' }, local],
    ['a page of another origin', { origin: 'https://evil.example' }, local],
    ['another machine, over a proxy of this one', { 'x-forwarded-for': '203.0.113.7' }, local],
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }, local],
  ])('is not for %s', async (_who, headers, env) => {
    const answer = await get(createIngestApp(), headers as Record<string, string>, env);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'REQUEST_FORBIDDEN' });
  });

  it('is for whoever shows the key, where there is one, and for nobody else', async () => {
    const app = createIngestApp({ readKey: KEY });
    const headers = { authorization: `Bearer ${KEY}` };
    const forwarded = { host: 'telemetry.example', 'x-forwarded-for': '203.0.113.7' };
    expect((await get(app, { ...headers, ...forwarded }, remote)).status).toBe(200);
    for (const refused of [{}, { authorization: 'Bearer another' }]) {
      const answer = await get(app, refused, local);
      expect(answer.status).toBe(401);
      expect(await answer.text()).not.toContain(KEY);
    }
  });
});

it.each(['', 'short', 'with white space in it', 16])('a key for reading cannot be %j', (readKey) => {
  expect(() => createIngestApp({ readKey } as object)).toThrow(
    expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringMatching(/^readKey must/) }),
  );
});
