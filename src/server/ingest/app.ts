import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import {
  guardByToken,
  problemOf,
  problemResponse,
  refuseForError,
  refuseOtherMethods,
  refuseUnknownPath,
} from '../http/index.js';
import type { AddResult, EventQueue, EventStore, IngestEvent, StoredEvent } from '../wire/index.js';
import { parseBatch } from './batch.js';
import { parseEventQuery } from './event-query.js';
import { evaluateFlags } from './flags.js';
import { parseFlagsRequest } from './flags-request.js';
import { type IngestOptions, resolveIngestOptions } from './options.js';
import { assertProjectKey } from './project-key.js';
import { readJsonBody } from './request-body.js';

/**
 * The routes of a receiving server, in PostHog's wire format, to mount or to serve:
 *
 * - `POST /batch/` stores all events of a batch or none: `{ status: 1, accepted, duplicates }`. Where they go to a queue:
 *   `{ status: 1, queued }` when it keeps all of them; a batch that is refused may be kept in part, and is completed by sending it again
 *   With the option `receiptKey` the answer has a `receipt` too, a signed text over what was received: what was stored of an event that is a
 *   duplicate is what came first
 * - `GET /.well-known/jwks.json`: the public keys of receipts, `{ keys }`
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
  const { store, queue, flags, apiKeys, readKey, receipts, now, onFailure, ...limits } =
    resolveIngestOptions(options);
  const app = new Hono({ strict: false });
  const keep = keeperOf(store, queue);

  app.use(refuseOtherMethods(app));
  app.onError((error) => refuseForError(error, onFailure));
  app.notFound(refuseUnknownPath);

  app.post('/batch', async (context) => {
    const body = await readJsonBody(context.req.raw, limits);
    assertProjectKey(body, apiKeys);
    const receivedAtMs = now();
    const received = parseBatch(body);
    const kept = await keep(received.map((event) => toStored(event, receivedAtMs)));
    const receipt = await receipts.sign(received, receivedAtMs);
    return context.json({ status: 1, ...kept, ...(receipt !== undefined && { receipt }) });
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

  app.use('/events/*', guardByToken(readKey, 'Reading'));

  if (store === undefined) app.all('/events/*', nothingToRead);
  else addReading(app, store);

  app.get('/.well-known/jwks.json', async (context) => context.json(await receipts.keys()));

  app.get('/health', (context) => context.json({ status: 'ok' }));

  return app;
}

/** With its uuid in lower case, so that both spellings count once. */
function toStored(event: IngestEvent, receivedAtMs: number): StoredEvent {
  const { uuid, distinct_id, timestamp, properties } = event;
  return { uuid: uuid.toLowerCase(), event: event.event, distinct_id, timestamp, properties, receivedAtMs };
}

/** @returns what is done with a batch, and told of it */
function keeperOf(store: EventStore | undefined, queue: EventQueue | undefined) {
  return async (
    events: readonly StoredEvent[],
  ): Promise<AddResult | { readonly queued: number } | undefined> => {
    if (queue === undefined) return store?.add(events);
    await queue.add(events);
    return { queued: events.length };
  };
}

function addReading(app: Hono, store: EventStore): void {
  app.get('/events', async (context) => {
    const query = parseEventQuery(new URL(context.req.url).searchParams);
    return context.json(await store.list(query));
  });
  app.get('/events/counts', async (context) => context.json(await store.counts()));
}

function nothingToRead(): Response {
  const detail = 'This process hands events on and keeps none. Read them where they are stored.';
  return problemResponse(problemOf('REQUEST_NOT_FOUND', detail));
}
