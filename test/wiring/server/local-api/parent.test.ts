import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { createLocalApi, openLocalApiToken } from 'sotto/server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openWiring } from '../../../support/wiring.js';
import { callServer } from './support.js';

const MAX_BYTES = 1_000;

/** An app on a socket, whose own middleware looks at requests before the API does. */
async function openBehind(look: (context: Context) => Promise<unknown> | unknown) {
  const wiring = await openWiring();
  const app = new Hono();
  app.use(async (context, next) => {
    await look(context);
    await next();
  });
  app.route('/telemetry', createLocalApi(wiring.telemetry, { maxBodyBytes: MAX_BYTES }));
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.close();
    await wiring[Symbol.asyncDispose]();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/telemetry`;
  const authorization = `Bearer ${openLocalApiToken(wiring.telemetry)}`;
  return (path: string, body?: string, more = {}) =>
    callServer(url + path, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', ...more },
      body,
    });
}

describe('behind a middleware that has read the body', () => {
  it.each<readonly [string, (context: Context) => Promise<unknown> | unknown]>([
    ['as JSON', ({ req }) => req.json().catch(() => {})],
    ['as text', ({ req }) => req.text()],
    ['as bytes', ({ req }) => req.arrayBuffer()],
    ['not at all', () => {}],
  ])('the API reads it all the same, by the same rules: %s', async (_, look) => {
    const post = await openBehind(look);
    for (const more of [{}, { 'transfer-encoding': 'chunked' }]) {
      const recorded = await post('/events', '{"event":"a.b","payload":{"n":1}}', more);
      expect([recorded.status, recorded.json.recorded]).toEqual([200, true]);
      const large = `{"event":"a.b","payload":{"n":"${'x'.repeat(MAX_BYTES)}"}}`;
      expect((await post('/events', large, more)).status).toBe(413);
      for (const [body, status] of [
        ['{"event":', 400],
        ['{"event":"a.b","event":"b.c"}', 422],
        ['{"event":1}', 422],
      ] as const)
        expect((await post('/events', body, more)).status).toBe(status);
    }
    expect((await post('/opt_in')).status).toBe(200);
    expect((await post('/opt_in', '{"crash":true}')).json.settings.crash_opt_in).toBe(true);
    expect((await post('/settings', '{"crash_opt_in":false}')).json.settings.crash_opt_in).toBe(false);
  });

  it('and has not kept it, the API says so', async () => {
    const post = await openBehind(({ req }) => req.raw.text());
    const { status, json } = await post('/events', '{"event":"a.b"}');
    expect([status, json.code]).toEqual([400, 'REQUEST_INVALID']);
  });
});
