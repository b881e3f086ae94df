import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import fastify, { type FastifyInstance } from 'fastify';
import { describe, expect, it } from 'vitest';
import { trackFastify } from '../../src/client/track/index.js';
import { listen, trackable } from '../unit/client/track/support.js';
import { expectTold, hangUp, type Serve } from './track-support.js';

const serving =
  (build: (app: FastifyInstance) => void): Serve =>
  async (telemetry) => {
    const app = fastify();
    await app.register(trackFastify(telemetry));
    build(app);
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as AddressInfo;
    return { port, close: () => app.close() };
  };

describe('the Fastify plugin', () => {
  it('tells each request by the template of its route, and changes no answer', async () => {
    const serve = serving((app) => {
      app.get('/contacts/:contactId', async (request) => (request.params as { contactId: string }).contactId);
      app.post('/contacts', async (_request, reply) => reply.code(201).send());
      app.get('/files/*', async () => 'file');
      app.get('/at/:hour(^\\d{2})h', async () => 'time');
      app.get('/broken', async () => {
        throw new Error('broken');
      });
      app.get('/missing/:id', async (_request, reply) => reply.callNotFound());
      app.get('/stream', async () => Readable.from(['a', 'b']));
      app.get('/hijacked', (_request, reply) => {
        reply.hijack();
        reply.raw.end('raw');
      });
      void app.register(
        async (notes) => {
          notes.get('/:noteId', async () => 'note');
        },
        { prefix: '/people/:person/notes' },
      );
    });
    await expectTold(serve, [
      ['/contacts/jane?token=x', 'GET /contacts/:id 200'],
      ['POST /contacts', 'POST /contacts 201'],
      ['/files/home/jane/cv.pdf', 'GET /files/* 200'],
      ['/at/12h', 'GET /at/:id 200'],
      ['/broken', 'GET /broken 500'],
      ['/missing/jane', 'GET /missing/:id 404'],
      ['/stream', 'GET /stream 200'],
      ['/hijacked', 'GET /hijacked 200'],
      ['/people/jane/notes/diary', 'GET /people/:id/notes/:id 200'],
      ['/nowhere/jane', 'GET :unmatched 404'],
    ]);
  });

  it('tells of a client that went away', async () => {
    const { events } = await hangUp(
      serving((app) => {
        app.get('/endless/:id', (_request, reply) => {
          reply.hijack();
          reply.raw.write('a');
        });
      }),
      '/endless/jane',
    );
    expect(events).toEqual([['api.request', { method: 'GET', endpoint: '/endless/:id', status: 499 }]]);
  });

  it('knows requests that are injected', async () => {
    const listening = listen();
    const app = fastify();
    await app.register(trackFastify(trackable(listening)));
    app.get('/a', async () => 'a');
    expect((await app.inject('/a')).body).toBe('a');
    await app.close();
    expect(listening.events).toEqual([['api.request', { method: 'GET', endpoint: '/a', status: 200 }]]);
  });
});
