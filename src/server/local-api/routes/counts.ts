import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { isFlagEnabled } from '../../../client/index.js';
import { createDayCounter } from '../../../store/index.js';
import { answer, OTHERWISE, WITH_TOKEN } from '../describe-route.js';
import type { LocalApiParts } from '../parts.js';
import { FEATURE_FLAG } from '../schemas.js';
import { wholeNumberUpTo } from '../whole-number.js';

const MAX_DAYS = 90;
const DEFAULT_DAYS = 30;

const route = createRoute({
  method: 'get',
  path: '/counts',
  summary: 'How many events were recorded and sent on each of the last days (UTC).',
  ...WITH_TOKEN,
  request: { query: z.strictObject({ days: wholeNumberUpTo(MAX_DAYS, DEFAULT_DAYS) }) },
  responses: {
    200: answer(
      z.object({
        days: z
          .array(
            z.object({
              day: z.string().describe('Such as 2026-11-21.'),
              recorded: z.int(),
              sent: z.int().describe('Accepted by a server on that day.'),
            }),
          )
          .readonly(),
        last_sent_at: z
          .string()
          .nullable()
          .describe('ISO 8601, UTC; null when nothing was sent on these days.'),
        ...FEATURE_FLAG,
      }),
      'The days up to today, oldest first.',
    ),
    ...OTHERWISE,
  },
});

export function addCounts(app: OpenAPIHono, { consent }: LocalApiParts): void {
  const counter = createDayCounter(consent.directory);
  app.openapi(route, async (context) => {
    const { days: wanted = DEFAULT_DAYS } = context.req.valid('query');
    const { days, lastSentAt = null } = await counter.count(Number(wanted), Date.now());
    return context.json({ days, last_sent_at: lastSentAt, feature_flag: isFlagEnabled(consent) }, 200);
  });
}
