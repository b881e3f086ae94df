import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { hostOf, isFlagEnabled } from '../../../client/index.js';
import { answer, NO_QUERY, OTHERWISE, WITH_TOKEN } from '../describe-route.js';
import type { LocalApiParts } from '../parts.js';
import { FEATURE_FLAG, ReasonSchema } from '../schemas.js';

const route = createRoute({
  method: 'get',
  path: '/why',
  summary: 'What decided, what else speaks about telemetry, and what to do about each.',
  ...WITH_TOKEN,
  request: { query: NO_QUERY },
  responses: {
    200: answer(
      z.object({
        mode: z.enum(['off', 'local', 'on']),
        host: z.string().nullable().describe('Where events go; null unless the mode is on.'),
        why: ReasonSchema,
        switches: z.record(z.string(), z.object({ enabled: z.boolean(), why: ReasonSchema })),
        layers: z
          .array(
            z.object({
              kind: z.enum(['off', 'local', 'yes']),
              about: z.string().describe('telemetry, or a part of it.'),
              layer: z.string(),
              source: z.string().describe('What speaks; never its value.'),
              fix: z.string(),
            }),
          )
          .readonly()
          .describe('Everything that speaks, in no particular order.'),
        ...FEATURE_FLAG,
      }),
      'The reasons.',
    ),
    ...OTHERWISE,
  },
});

export function addWhy(app: OpenAPIHono, { consent }: LocalApiParts): void {
  app.openapi(route, (context) => {
    const { mode, why, switches } = consent.watch.refresh();
    const layers = consent
      .layers()
      .map(({ kind, about, layer, source, fix }) => ({ kind, about, layer, source, fix }));
    const host = mode === 'on' ? hostOf(consent.settings) : null;
    return context.json({ mode, host, why, switches, layers, feature_flag: isFlagEnabled(consent) }, 200);
  });
}
