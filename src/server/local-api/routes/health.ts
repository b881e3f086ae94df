import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { readHealth } from '../../../client/index.js';
import { answer, NO_QUERY, OTHERWISE } from '../describe-route.js';
import type { LocalApiParts } from '../parts.js';
import { FEATURE_FLAG, HealthSchema } from '../schemas.js';

const route = createRoute({
  method: 'get',
  path: '/health',
  summary: 'The state at a glance. Needs no token, and makes nothing.',
  security: [],
  request: { query: NO_QUERY },
  responses: {
    200: answer(HealthSchema.extend({ ok: z.literal(true), ...FEATURE_FLAG }), 'The state.'),
    ...OTHERWISE,
  },
});

export function addHealth(app: OpenAPIHono, { consent }: LocalApiParts): void {
  app.openapi(route, (context) => {
    const health = readHealth(consent);
    return context.json({ ok: true as const, ...health, feature_flag: health.flag_enabled }, 200);
  });
}
