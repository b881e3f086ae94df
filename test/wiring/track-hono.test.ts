import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve as serveHono } from '@hono/node-server';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { describe, expect, it } from 'vitest';
import { createTrack, trackHono } from '../../src/client/track/index.js';
import { BROKEN, listen } from '../unit/client/track/support.js';
import { expectTold, type Serve } from './track-support.js';

const serving =
  (build: (app: Hono) => void): Serve =>
  async (telemetry) => {
    const app = new Hono();
    app.use(trackHono(telemetry));
    build(app);
    const server = serveHono({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
    if (!server.listening) await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return { port, close: () => new Promise((resolve) => server.close(resolve)) };
  };

const routes = (app: Hono) => {
  const notes = new Hono();
  notes.get('/:noteId', (c) => c.text('note'));
  app.use('/guarded/*', async (c, next) => (c.req.header('authorization') ? next() : c.text('no', 401)));
  app.get('/guarded/:id', (c) => c.text('guarded'));
  app.get('/contacts/:contactId', (c) => c.text(c.req.param('contactId')));
  app.post('/contacts', (c) => c.body(null, 201));
  app.get('/files/*', (c) => c.text('file'));
  app.get('/broken', () => {
    throw new Error('broken');
  });
  app.get('/refused', () => {
    throw new HTTPException(403, { message: 'refused' });
  });
  app.get('/missing/:id', (c) => c.notFound());
  app.route('/people/:person/notes', notes);
  app.get('/stream', () => new Response(new Blob(['a', 'b']).stream()));
  app.onError((error, c) => (error instanceof HTTPException ? error.getResponse() : c.text('sorry', 500)));
};

const TABLE = [
  ['/contacts/jane?token=x', 'GET /contacts/:id 200'],
  ['POST /contacts', 'POST /contacts 201'],
  ['/files/home/jane/cv.pdf', 'GET /files/* 200'],
  ['/broken', 'GET /broken 500'],
  ['/refused', 'GET /refused 403'],
  ['/missing/jane', 'GET /missing/:id 404'],
  ['/people/jane/notes/diary', 'GET /people/:id/notes/:id 200'],
  ['/guarded/jane', 'GET /guarded/* 401'],
  ['/stream', 'GET /stream 200'],
  ['/nowhere/jane', 'GET :unmatched 404'],
] as const;

describe('the Hono middleware', () => {
  it('tells each request by the template of its route, and changes no answer', async () => {
    await expectTold(serving(routes), TABLE);
  });

  it('knows an unmatched request behind other middleware too', async () => {
    const serve = serving((app) => {
      app.use(async (_c, next) => next());
      routes(app);
    });
    await expectTold(serve, TABLE);
  });

  it('knows an unmatched request by its route, and not by its status', async () => {
    const serve = serving((app) => {
      app.notFound((c) => c.text('gone', 410));
    });
    await expectTold(serve, [['/nowhere/jane', 'GET :unmatched 410']]);
  });

  it('lets pass what Hono itself lets pass, such as something thrown that is no error', async () => {
    const listening = listen();
    const app = new Hono();
    app.use(trackHono({ enabled: true, track: listening.track }));
    app.get('/odd/:id', () => {
      throw 'not an error';
    });
    await expect(Promise.resolve(app.request('/odd/jane'))).rejects.toBe('not an error');
    expect(listening.events).toEqual([['api.request', { method: 'GET', endpoint: '/odd/:id', status: 500 }]]);
  });

  it.each([
    ['recording throws', { enabled: true, track: createTrack(BROKEN) }],
    ['the client throws', { get enabled(): never { throw new Error('x'); }, track: createTrack(BROKEN) }],
  ])('answers all the same when %s', async (_, telemetry) => {
    const app = new Hono();
    app.use(trackHono(telemetry));
    app.get('/a', (c) => c.text('a'));
    expect(await (await app.request('/a')).text()).toBe('a');
  }); // biome-ignore format: one table
});
