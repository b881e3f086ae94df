import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { isFlagEnabled } from '../../../client/index.js';
import { answer, OTHERWISE, WITH_TOKEN } from '../describe-route.js';
import type { LocalApiParts } from '../parts.js';
import { readLedgerEvents } from '../read-ledger-events.js';
import { FEATURE_FLAG, LedgerEventSchema } from '../schemas.js';
import { wholeNumberUpTo } from '../whole-number.js';

const MAX_EVENTS = 200;
const DEFAULT_EVENTS = 50;

const route = createRoute({
  method: 'get',
  path: '/ledger',
  summary:
    'The last recorded events of all processes, with the very bytes that leave, and what became of them.',
  ...WITH_TOKEN,
  request: { query: z.strictObject({ limit: wholeNumberUpTo(MAX_EVENTS, DEFAULT_EVENTS) }) },
  responses: {
    200: answer(
      z.object({ events: z.array(LedgerEventSchema).readonly(), ...FEATURE_FLAG }),
      'The events, newest first.',
    ),
    ...OTHERWISE,
  },
});

export function addLedger(app: OpenAPIHono, { consent }: LocalApiParts): void {
  app.openapi(route, (context) => {
    const { limit = DEFAULT_EVENTS } = context.req.valid('query');
    const events = readLedgerEvents(consent.directory, Number(limit));
    return context.json({ events, feature_flag: isFlagEnabled(consent) }, 200);
  });
}
