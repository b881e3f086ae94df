import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { type ConsentParts, readBundle } from '../../../client/index.js';
import { eraseFile } from '../../../internal/index.js';
import { type WrittenBundle, writeBundle } from '../../../store/index.js';
import { NO_QUERY, OTHERWISE, refusal, WITH_TOKEN } from '../describe-route.js';
import type { LocalApiParts } from '../parts.js';
import { refuse } from '../problem.js';

const ZIP = 'application/zip';

const route = createRoute({
  method: 'get',
  path: '/diagnostics',
  summary: 'A bundle of everything that is kept, to hand on. It is kept with the state of telemetry, too.',
  ...WITH_TOKEN,
  request: { query: NO_QUERY },
  responses: {
    200: {
      description: 'A zip with manifest.json, telemetry.json and crashes.json.',
      content: { [ZIP]: { schema: z.any().openapi({ type: 'string', format: 'binary' }) } },
    },
    403: refusal('Nobody has agreed to diagnostics.'),
    ...OTHERWISE,
  },
});

export function addDiagnostics(app: OpenAPIHono, { consent, inTurn }: LocalApiParts): void {
  app.openapi(route, async ({ req }) => {
    // Nobody will read it.
    if (req.method === 'HEAD' && isAllowed(consent))
      return new Response(null, { headers: { 'content-type': ZIP } });
    const { signal } = req.raw;
    // Only some bundles are kept: others must not push this one out before it is open.
    const opened = isAllowed(consent) ? await inTurn(() => openBundle(consent, signal)) : undefined;
    if (opened === undefined) {
      if (signal.aborted) return refuse(consent, 'REQUEST_INVALID', 'The request was given up.');
      const detail = 'Diagnostics export requires opt-in (see /api/telemetry/settings).';
      return refuse(consent, 'DIAGNOSTICS_OFF', detail);
    }
    const { name, bytes, file } = opened;
    return new Response(Readable.toWeb(file.createReadStream()) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': ZIP,
        'content-length': String(bytes),
        'content-disposition': `attachment; filename="${name}"`,
      },
    });
  });
}

interface OpenBundle extends WrittenBundle {
  readonly file: FileHandle;
}

/**
 * Write a bundle of what is kept at this moment, and open it.
 *
 * @returns undefined, and nothing is left of it, when that is not allowed, or is not any more, or the caller has gone
 */
async function openBundle(consent: ConsentParts, signal: AbortSignal): Promise<OpenBundle | undefined> {
  const { directory, settings } = consent;
  const { app, store } = settings;
  // It may have waited for its turn.
  if (signal.aborted || directory === undefined || !isAllowed(consent)) return undefined;
  const { retentionDays } = store;
  const files = readBundle(consent);
  const options = { app, directory, files, now: Date.now, retentionDays, signal };
  const bundle = await writeBundle(options).catch(unlessAborted(signal));
  const file = bundle && (await open(bundle.path));
  if (bundle === undefined || file === undefined) return undefined;
  if (!signal.aborted && isAllowed(consent)) return { ...bundle, file };
  await file.close();
  eraseFile(bundle.path);
  return undefined;
}

function isAllowed({ directory, watch }: ConsentParts): boolean {
  return directory !== undefined && watch.refresh().switches.diagnostics.enabled;
}

/** Whoever has gone wants no answer: that is no failure. */
const unlessAborted =
  (signal: AbortSignal) =>
  (error: unknown): undefined => {
    if (!signal.aborted) throw error;
  };
