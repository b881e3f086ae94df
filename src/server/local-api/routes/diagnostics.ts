import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { readBundle } from '../../../client/index.js';
import { writeBundle } from '../../../store/index.js';
import { OTHERWISE, refusal, WITH_TOKEN } from '../describe-route.js';
import type { LocalApiParts } from '../parts.js';
import { refuse } from '../problem.js';

const ZIP = 'application/zip';

const route = createRoute({
  method: 'get',
  path: '/diagnostics',
  summary: 'A bundle of everything that is kept, to hand on. It is kept with the state of telemetry, too.',
  ...WITH_TOKEN,
  responses: {
    200: {
      description: 'A zip with manifest.json, telemetry.json and crashes.json.',
      content: { [ZIP]: { schema: z.any().openapi({ type: 'string', format: 'binary' }) } },
    },
    403: refusal('Nobody has agreed to diagnostics.'),
    ...OTHERWISE,
  },
});

export function addDiagnostics(app: OpenAPIHono, { consent }: LocalApiParts): void {
  const inTurn = createTurns();
  app.openapi(route, async (context) => {
    const { directory, settings, watch } = consent;
    if (!watch.refresh().switches.diagnostics.enabled || directory === undefined) {
      const detail = 'Diagnostics export requires opt-in (see /api/telemetry/settings).';
      return refuse(consent, 'DIAGNOSTICS_OFF', detail);
    }
    // Nobody will read it.
    if (context.req.method === 'HEAD') return new Response(null, { headers: { 'content-type': ZIP } });
    const { app: name, store } = settings;
    const files = readBundle(consent);
    // Only some bundles are kept: others must not push this one out before it is open.
    const { bundle, file } = await inTurn(async () => {
      const { retentionDays } = store;
      const written = await writeBundle({ app: name, directory, files, now: Date.now, retentionDays });
      return { bundle: written, file: await open(written.path) };
    });
    return new Response(Readable.toWeb(file.createReadStream()) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': ZIP,
        'content-length': String(bundle.bytes),
        'content-disposition': `attachment; filename="${bundle.name}"`,
      },
    });
  });
}

/** One after the other. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
}
