import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { problemOf, problemResponse } from '../http/index.js';
import { parseBatch } from './batch.js';
import { parseEventQuery } from './event-query.js';
import { evaluateFlags } from './flags.js';
import { parseFlagsRequest } from './flags-request.js';
import { guardReading } from './guard-reading.js';
import { type IngestOptions, resolveIngestOptions } from './options.js';
import { errorResponse } from './problem.js';
import { assertProjectKey } from './project-key.js';
import { readJsonBody } from './request-body.js';

/**
 * The routes of a receiving server, in PostHog's wire format, to mount or to serve:
 *
 * - `POST /batch/` stores all events of a batch or none: `{ status: 1, accepted, duplicates }`
 * - `POST /flags/` evaluates flags for one distinct id and remembers nothing of it
 * - `GET /events?event=&distinct_id=&limit=&cursor=` reads back, oldest first: `{ events, nextCursor }`
 * - `GET /events/counts`: `{ total, byEvent, dropped }`
 * - `GET /health`: `{ status: 'ok' }`
 *
 * A final slash makes no difference. What is refused is answered with a `Problem`.
 *
 * No address, user agent or other header is stored or logged; `properties` are stored as sent.
 * Only programs of this machine read `/events`, unless the option `readKey` opens it to those that show the key.
 *
 * @throws {ConfigError} if an option is unknown or invalid
 */
export function createIngestApp(options: IngestOptions = {}): Hono {
  const { store, flags, apiKeys, readKey, now, onFailure, ...limits } = resolveIngestOptions(options);
  const app = new Hono({ strict: false });

  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (_context, methods) => {
        const allow = methods.join(', ');
        return problemResponse(problemOf('REQUEST_METHOD_NOT_ALLOWED', `Allowed here: ${allow}.`), { allow });
      },
    }),
  );
  app.onError((error) => errorResponse(error, onFailure));
  app.notFound(() => problemResponse(problemOf('REQUEST_NOT_FOUND', 'There is nothing at this path.')));

  app.post('/batch', async (context) => {
    const body = await readJsonBody(context.req.raw, limits);
    assertProjectKey(body, apiKeys);
    const receivedAtMs = now();
    const events = parseBatch(body).map((event) => ({ ...event, receivedAtMs }));
    return context.json({ status: 1, ...(await store.add(events)) });
  });

  app.post('/flags', async (context) => {
    const body = await readJsonBody(context.req.raw, limits);
    assertProjectKey(body, apiKeys);
    const { distinctId, keys } = parseFlagsRequest(body);
    return context.json({
      flags: evaluateFlags(flags, distinctId, keys),
      errorsWhileComputingFlags: false,
      requestId: randomUUID(),
    });
  });

  app.use('/events/*', guardReading(readKey));

  app.get('/events', async (context) => {
    const query = parseEventQuery(new URL(context.req.url).searchParams);
    return context.json(await store.list(query));
  });

  app.get('/events/counts', async (context) => context.json(await store.counts()));

  app.get('/health', (context) => context.json({ status: 'ok' }));

  return app;
}
