import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type Express, Router } from 'express';
import { describe, expect, it } from 'vitest';
import { trackExpress } from '../../src/client/track/index.js';
import { expectTold, hangUp, type Serve } from './track-support.js';

const serving =
  (build: (app: Express) => void): Serve =>
  async (telemetry) => {
    const app = express();
    app.use(trackExpress(telemetry));
    build(app);
    const onError: ErrorRequestHandler = (error, _request, response, next) => {
      if (response.headersSent) next(error);
      else response.status(500).send('sorry');
    };
    app.use(onError);
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return { port, close: () => new Promise((resolve) => server.close(resolve)) };
  };

describe('the Express middleware', () => {
  it('tells each request by the template of its route, and changes no answer', async () => {
    const serve = serving((app) => {
      app.get('/contacts/:contactId', (request, response) => void response.send(request.params.contactId));
      app.post('/contacts', (_request, response) => void response.sendStatus(201));
      app.get('/files/*path', (_request, response) => void response.send('file'));
      app.get('/maybe{/:page}', (_request, response) => void response.send('maybe'));
      app.get(/^\/secret-(\w+)$/, (_request, response) => void response.send('secret'));
      app.get(['/one', '/uno'], (_request, response) => void response.redirect('/contacts/jane'));
      app.get('/broken', () => {
        throw new Error('broken');
      });
      app.use('/static', (_request, response) => void response.send('static'));
      app.get('/stream', (_request, response) => {
        response.write('a');
        setImmediate(() => response.end('b'));
      });
    });
    await expectTold(serve, [
      ['/contacts/jane?token=x', 'GET /contacts/:id 200'],
      ['POST /contacts', 'POST /contacts 201'],
      ['/files/home/jane/cv.pdf', 'GET /files/* 200'],
      ['/maybe/jane', 'GET /maybe/:id 200'],
      ['/secret-jane', 'GET /:id 200'],
      ['/uno', 'GET /one 302'],
      ['/broken', 'GET /broken 500'],
      ['/static/jane', 'GET :unmatched 200'],
      ['/nowhere/jane', 'GET :unmatched 404'],
      ['/stream', 'GET /stream 200'],
      ['HEAD /contacts/jane', 'HEAD /contacts/:id 200'],
    ]);
  });

  it('knows the routers around a route, and never what stood in place of their parameters', async () => {
    const serve = serving((app) => {
      const notes = Router({ mergeParams: true });
      notes.get('/:noteId', (_request, response) => void response.send('note'));
      notes.get('/', (_request, response) => void response.send('notes'));
      notes.get('/broken/now', () => {
        throw new Error('broken');
      });
      const people = Router();
      people.use('/:person/notes', notes);
      app.use('/people', people);
      app.use('/archive/:year', notes);
      const mounted = express();
      mounted.get('/inside/:thing', (_request, response) => void response.send('inside'));
      app.use('/mounted/:place', mounted);
      const deeper = Router();
      deeper.get('/:thing', (_request, response) => void response.send('deeper'));
      mounted.use('/deep', deeper);
    });
    await expectTold(serve, [
      ['/people/jane/notes/diary', 'GET /people/:id/notes/:id 200'],
      ['/people/jane/notes', 'GET /people/:id/notes 200'],
      ['/people/jane/notes/broken/now', 'GET /people/:id/notes/broken/now 500'],
      ['/archive/jane/diary', 'GET /archive/:id/:id 200'],
      ['/mounted/jane/inside/diary', 'GET /mounted/:id/inside/:id 200'],
      ['/mounted/jane/deep/diary', 'GET /:id/:id/:id/:id 200'],
      ['/people/jane', 'GET :unmatched 404'],
    ]);
  });

  it('tells of a client that went away', async () => {
    const { events } = await hangUp(
      serving((app) => {
        app.get('/endless/:id', (_request, response) => void response.write('a'));
      }),
      '/endless/jane',
    );
    expect(events).toEqual([['api.request', { method: 'GET', endpoint: '/endless/:id', status: 499 }]]);
  });

  it('listens to nothing while telemetry is off', () => {
    const response = { once: () => expect.unreachable('a listener was added') };
    let calls = 0;
    const telemetry = {
      enabled: false,
      track: { startRequest: () => expect.unreachable('a request was started') },
    };
    trackExpress(telemetry)({} as never, response as never, () => {
      calls += 1;
    });
    expect(calls).toBe(1);
  });
});
