import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { readConsentSettings } from '../../../client/index.js';
import { answerChanges } from '../answer-changes.js';
import { changeConsent } from '../change-consent.js';
import { clearEverything } from '../clear-everything.js';
import { answer, body, NO_QUERY, OTHERWISE, refusal, WITH_TOKEN } from '../describe-route.js';
import type { LocalApiParts } from '../parts.js';
import { ClearedSchema, FEATURE_FLAG, REPORT } from '../schemas.js';

const leftOrSet = z.boolean().nullish();
const versionOrNot = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .nullish();

const changed = {
  409: refusal(
    'A file cannot be read, and the request allows more; or what is collected is not what was shown.',
  ),
  507: refusal('It could not be stored.'),
  ...OTHERWISE,
};

const read = createRoute({
  method: 'get',
  path: '/settings',
  summary: 'What the person has decided, and what comes of it.',
  ...WITH_TOKEN,
  request: { query: NO_QUERY },
  responses: { 200: answer(z.object({ ...REPORT, ...FEATURE_FLAG }), 'The decision.'), ...OTHERWISE },
});

const change = createRoute({
  method: 'post',
  path: '/settings',
  summary: 'Change single decisions. What is left out or null stays as it is.',
  ...WITH_TOKEN,
  request: {
    query: NO_QUERY,
    body: body(
      z.strictObject({
        telemetry_opt_in: leftOrSet,
        crash_opt_in: leftOrSet,
        diagnostics_opt_in: leftOrSet,
        dry_run: leftOrSet,
        purge: leftOrSet.describe('Delete what is kept, too.'),
        accept_catalogue: versionOrNot.describe('Agree to what changed: the version that GET /changes told.'),
        decline_catalogue: versionOrNot.describe('Let it stay as it was agreed to: that version.'),
      }),
      false,
    ),
  },
  responses: {
    200: answer(
      z.object({ ...REPORT, purged: ClearedSchema.optional(), ...FEATURE_FLAG }),
      'The decision now.',
    ),
    ...changed,
  },
});

const optIn = createRoute({
  method: 'post',
  path: '/opt_in',
  summary: 'Agree to telemetry, and to what else is sent as true. What is left out stays as it is.',
  ...WITH_TOKEN,
  request: {
    query: NO_QUERY,
    body: body(z.strictObject({ crash: leftOrSet, diagnostics: leftOrSet, dry_run: leftOrSet }), false),
  },
  responses: {
    200: answer(z.object({ ok: z.literal(true), ...REPORT, ...FEATURE_FLAG }), 'The decision now.'),
    ...changed,
  },
});

export function addSettings(app: OpenAPIHono, parts: LocalApiParts): void {
  const { consent } = parts;
  const report = () => {
    const settings = readConsentSettings(consent);
    return { ...settings, feature_flag: settings.health.flag_enabled };
  };

  app.openapi(read, (context) => context.json(report(), 200));

  app.openapi(change, async (context) => {
    const asked = context.req.valid('json');
    const { telemetry_opt_in, crash_opt_in, diagnostics_opt_in, dry_run, purge } = asked;
    let purged: z.infer<typeof ClearedSchema> | undefined;
    try {
      changeConsent(parts, {
        telemetry: telemetry_opt_in ?? undefined,
        crashReporting: crash_opt_in ?? undefined,
        diagnostics: diagnostics_opt_in ?? undefined,
        dryRun: dry_run ?? undefined,
      });
      answerChanges(parts, {
        accept: asked.accept_catalogue ?? undefined,
        decline: asked.decline_catalogue ?? undefined,
      });
    } finally {
      if (purge) purged = await clearEverything(parts);
    }
    return context.json({ ...report(), ...(purged && { purged }) }, 200);
  });

  app.openapi(optIn, (context) => {
    const { crash, diagnostics, dry_run } = context.req.valid('json');
    changeConsent(parts, {
      telemetry: true,
      crashReporting: crash ?? undefined,
      diagnostics: diagnostics ?? undefined,
      dryRun: dry_run ?? undefined,
    });
    return context.json({ ok: true as const, ...report() }, 200);
  });
}
