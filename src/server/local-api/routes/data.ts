import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { isFlagEnabled } from '../../../client/index.js';
import { clearData } from '../../../store/index.js';
import { answer, OTHERWISE, WITH_TOKEN } from '../describe-route.js';
import type { LocalApiParts } from '../parts.js';
import { ClearedSchema, FEATURE_FLAG } from '../schemas.js';

const route = createRoute({
  method: 'delete',
  path: '/data',
  summary: 'Delete everything that is kept: events, counters, crash reports and bundles. The decision stays.',
  ...WITH_TOKEN,
  responses: {
    200: answer(
      ClearedSchema.extend({ ok: z.literal(true), ...FEATURE_FLAG }),
      'What came of it; nothing is left if failed is empty.',
    ),
    ...OTHERWISE,
  },
});

export function addData(app: OpenAPIHono, { consent }: LocalApiParts): void {
  app.openapi(route, (context) => {
    const { deletedFiles, failed } = clearData(consent.directory);
    const feature_flag = isFlagEnabled(consent);
    return context.json({ ok: true as const, deleted_files: deletedFiles, failed, feature_flag }, 200);
  });
}
