import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { readLocalApiToken } from '../../../store/index.js';
import { hasToken } from '../../http/index.js';
import { NO_QUERY, OTHERWISE, refusal, WITH_TOKEN } from '../describe-route.js';
import type { LocalApiParts } from '../parts.js';
import { refuse } from '../problem.js';
import { createLiveFeed } from '../stream/live-feed.js';
import { openStream } from '../stream/open-stream.js';

const MAX_STREAMS = 8;
const RETRY_AFTER_SECONDS = 5;
const EVENT_STREAM = 'text/event-stream';

const route = createRoute({
  method: 'get',
  path: '/stream',
  summary:
    'What is recorded, sent, dropped and decided, in all processes, as it happens (server-sent events).',
  ...WITH_TOKEN,
  request: { query: NO_QUERY },
  responses: {
    200: {
      description:
        'Messages: consent (as GET /settings; the first one too), recorded (a LedgerEvent), sent and dropped ' +
        '(uuids, and sent_at or dropped_reason), missed (read GET /ledger again). With Last-Event-ID, what was recorded since comes first.',
      content: { [EVENT_STREAM]: { schema: z.any().openapi({ type: 'string' }) } },
    },
    429: refusal(`There are ${MAX_STREAMS} streams already.`),
    ...OTHERWISE,
  },
});

export function addStream(app: OpenAPIHono, parts: LocalApiParts): void {
  const { consent } = parts;
  const feed = createLiveFeed(parts);
  const headers = { 'content-type': EVENT_STREAM, 'x-accel-buffering': 'no' };

  app.openapi(route, ({ req }) => {
    if (req.method === 'HEAD') return new Response(null, { headers });
    if (feed.readers >= MAX_STREAMS) {
      const detail = `There are ${MAX_STREAMS} streams already: close one, and try again.`;
      const retryAfter = { 'retry-after': String(RETRY_AFTER_SECONDS) };
      return refuse(consent, 'REQUEST_RATE_LIMITED', detail, { headers: retryAfter });
    }
    const authorization = req.header('authorization');
    const mayRead = () => hasToken(authorization, readLocalApiToken(consent.directory));
    const lastId = req.header('last-event-id');
    return new Response(openStream(feed, { directory: consent.directory, lastId, mayRead }), { headers });
  });
}
