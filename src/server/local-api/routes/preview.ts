import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { hostOf, isFlagEnabled } from '../../../client/index.js';
import { toCounterName } from '../../../privacy/index.js';
import { isJsonObject } from '../../http/index.js';
import { CounterNameSchema } from '../counter-name.js';
import { answer, OTHERWISE, WITH_TOKEN } from '../describe-route.js';
import { hasModestShape, SHAPE_RULE } from '../guards/json-shape.js';
import type { LocalApiParts } from '../parts.js';
import { readLastWaiting } from '../read-last-waiting.js';
import { FEATURE_FLAG, PropertiesSchema } from '../schemas.js';

const MAX_WAITING = 200;

const PreviewSchema = z.object({
  event: z.string(),
  distinct_id: z.string(),
  properties: PropertiesSchema,
});

const route = createRoute({
  method: 'get',
  path: '/preview',
  summary: 'What waits to be sent, exactly as it leaves; or one event as it would go now. Records nothing.',
  ...WITH_TOKEN,
  request: {
    query: z
      .strictObject({
        event: CounterNameSchema.optional(),
        payload: z
          .string()
          .refine(isModestObject, `must be a JSON object with ${SHAPE_RULE}`)
          .optional()
          .openapi({ example: '{"results":3}' }),
      })
      .refine(({ event, payload }) => event !== undefined || payload === undefined, 'payload needs event'),
  },
  responses: {
    200: answer(
      z.object({
        mode: z.enum(['off', 'local', 'on']),
        host: z.string().nullable().describe('Where events go; null unless the mode is on.'),
        waiting: z
          .array(PreviewSchema.extend({ uuid: z.string(), timestamp: z.string() }))
          .readonly()
          .optional()
          .describe('Without event: the last 200 that wait, oldest first.'),
        preview: PreviewSchema.nullable()
          .optional()
          .describe('With event: how it would leave now; null when it would not.'),
        ...FEATURE_FLAG,
      }),
      'What leaves.',
    ),
    ...OTHERWISE,
  },
});

export function addPreview(app: OpenAPIHono, { telemetry, consent, waiting }: LocalApiParts): void {
  app.openapi(route, (context) => {
    const { event, payload } = context.req.valid('query');
    const name = event === undefined ? undefined : toCounterName(event);
    const shown =
      name === undefined
        ? { waiting: readLastWaiting(consent.directory, waiting(), MAX_WAITING) }
        : { preview: telemetry.preview(name, JSON.parse(payload ?? '{}')) ?? null };
    const { mode } = consent.watch.refresh();
    const host = mode === 'on' ? hostOf(consent.settings) : null;
    return context.json({ mode, host, ...shown, feature_flag: isFlagEnabled(consent) }, 200);
  });
}

function isModestObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) && hasModestShape(value);
  } catch {
    return false;
  }
}
