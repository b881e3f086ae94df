import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { isFlagEnabled } from '../../../client/index.js';
import { clearEverything } from '../clear-everything.js';
import { answer, NO_QUERY, OTHERWISE, WITH_TOKEN } from '../describe-route.js';
import type { LocalApiParts } from '../parts.js';
import { ClearedSchema, FEATURE_FLAG } from '../schemas.js';

const route = createRoute({
  method: 'delete',
  path: '/data',
  summary: 'Delete everything that is kept: events, counters, crash reports and bundles. The decision stays.',
  ...WITH_TOKEN,
  request: { query: NO_QUERY },
  responses: {
    200: answer(
      ClearedSchema.extend({ ok: z.literal(true), ...FEATURE_FLAG }),
      'What came of it; nothing is left if failed is empty.',
    ),
    ...OTHERWISE,
  },
});

export function addData(app: OpenAPIHono, parts: LocalApiParts): void {
  app.openapi(route, async (context) => {
    const cleared = await clearEverything(parts);
    return context.json({ ok: true as const, ...cleared, feature_flag: isFlagEnabled(parts.consent) }, 200);
  });
}
