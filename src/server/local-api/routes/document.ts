import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { isFlagEnabled } from '../../../client/index.js';
import { answer, NO_QUERY, OTHERWISE, TOKEN_SCHEME, WITH_TOKEN } from '../describe-route.js';
import type { LocalApiParts } from '../parts.js';

const PATH = '/openapi.json';

const DocumentSchema = z.custom<{ openapi: string; feature_flag: boolean }>().openapi({
  type: 'object',
  properties: { openapi: { type: 'string' }, feature_flag: { type: 'boolean' } },
  required: ['openapi', 'feature_flag'],
});

const route = createRoute({
  method: 'get',
  path: PATH,
  summary: 'This document.',
  ...WITH_TOKEN,
  request: { query: NO_QUERY },
  responses: {
    200: answer(DocumentSchema, 'OpenAPI 3.1.'),
    ...OTHERWISE,
  },
});

export function addDocument(app: OpenAPIHono, { consent, options }: LocalApiParts): void {
  app.openAPIRegistry.registerComponent('securitySchemes', TOKEN_SCHEME, {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of this machine, which the command token prints.',
  });
  app.openapi(route, (context) => {
    const { app: name, version = 'unknown' } = consent.settings;
    const document = app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: { title: `Telemetry of ${name}`, version },
      servers: [{ url: context.req.path.slice(0, -(options.basePath + PATH).length) || '/' }],
    });
    return context.json({ ...document, feature_flag: isFlagEnabled(consent) }, 200);
  });
}
