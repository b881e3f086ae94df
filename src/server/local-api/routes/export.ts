import { Readable } from 'node:stream';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { readStoredAnswer } from '../../../client/index.js';
import { exportData } from '../../../store/index.js';
import { NO_QUERY, OTHERWISE, WITH_TOKEN } from '../describe-route.js';
import type { LocalApiParts } from '../parts.js';

const JSON_FILE = 'application/json';

const route = createRoute({
  method: 'get',
  path: '/export',
  summary: 'Everything that is kept, as one file of JSON: the same that the command export writes.',
  ...WITH_TOKEN,
  request: { query: NO_QUERY },
  responses: {
    200: {
      description: 'The file; it holds nothing else, and so no feature_flag.',
      content: { [JSON_FILE]: { schema: z.any().openapi({ type: 'object', additionalProperties: true }) } },
    },
    ...OTHERWISE,
  },
});

export function addExport(app: OpenAPIHono, { consent }: LocalApiParts): void {
  // The file is text already: no value of which JSON is made.
  app.openapi(route, ({ req }): never => {
    const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
    const headers = {
      'content-type': JSON_FILE,
      'content-disposition': `attachment; filename="${toFileWord(consent.settings.app)}-telemetry-${day}.json"`,
    };
    if (req.method === 'HEAD') return new Response(null, { headers }) as never;
    // One file of what is kept is in memory at a time: it is read when the reader has taken the one before.
    const pieces = Readable.from(exportData(consent.directory, readStoredAnswer(consent)), {
      highWaterMark: 1,
    });
    return new Response(Readable.toWeb(pieces) as ReadableStream<Uint8Array>, { headers }) as never;
  });
}

const toFileWord = (app: string) => app.replaceAll(/[^\w.-]/g, '_').slice(0, 60);
