import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { isFlagEnabled, readCrashes, readSummary } from '../../../client/index.js';
import { readUsage, toUsageJson } from '../../../store/index.js';
import { answer, NO_QUERY, OTHERWISE, WITH_TOKEN } from '../describe-route.js';
import type { LocalApiParts } from '../parts.js';
import {
  CrashesSchema,
  EventsSchema,
  FEATURE_FLAG,
  FeaturesSchema,
  HooksSchema,
  SettingsSchema,
} from '../schemas.js';
import { wholeNumberUpTo } from '../whole-number.js';

const MAX_EVENTS = 200;
const DEFAULT_EVENTS = 20;

const summary = createRoute({
  method: 'get',
  path: '/summary',
  summary: 'Everything that is counted, without the payloads of events.',
  ...WITH_TOKEN,
  request: { query: NO_QUERY },
  responses: {
    200: answer(
      z.object({
        anonymous_id: z.string().nullable().describe('Pseudonymous: 32 digits from a random secret.'),
        app_version: z.string().nullable(),
        flag_enabled: z.boolean(),
        telemetry_active: z.boolean(),
        crash_uploads_active: z.boolean(),
        diagnostics_opt_in: z.boolean(),
        diagnostics_active: z.boolean(),
        dry_run: z.boolean(),
        consent: SettingsSchema,
        held_back: z
          .array(z.string())
          .readonly()
          .describe('What does not leave until the person agrees: see /changes.'),
        features: FeaturesSchema,
        hooks: HooksSchema,
        crashes: CrashesSchema,
        events: EventsSchema,
        meta: z.object({ created_at: z.string().nullable(), settings_updated_at: z.string().nullable() }),
        ...FEATURE_FLAG,
      }),
      'The summary.',
    ),
    ...OTHERWISE,
  },
});

const hooks = createRoute({
  method: 'get',
  path: '/hooks',
  summary: 'Hooks, with their last five payloads as they were kept.',
  ...WITH_TOKEN,
  request: { query: NO_QUERY },
  responses: { 200: answer(z.object({ hooks: HooksSchema, ...FEATURE_FLAG }), 'The hooks.'), ...OTHERWISE },
});

const crashes = createRoute({
  method: 'get',
  path: '/crashes',
  summary: 'Crashes, by digests alone; none while crash reports are not allowed.',
  ...WITH_TOKEN,
  request: { query: NO_QUERY },
  responses: {
    200: answer(z.object({ crashes: CrashesSchema, ...FEATURE_FLAG }), 'The crashes, oldest first.'),
    ...OTHERWISE,
  },
});

const events = createRoute({
  method: 'get',
  path: '/events',
  summary: 'The last events, as they were kept.',
  ...WITH_TOKEN,
  request: {
    query: z.strictObject({
      limit: wholeNumberUpTo(MAX_EVENTS, DEFAULT_EVENTS),
    }),
  },
  responses: {
    200: answer(z.object({ events: EventsSchema, ...FEATURE_FLAG }), 'The events, oldest first.'),
    ...OTHERWISE,
  },
});

export function addSummary(app: OpenAPIHono, { consent }: LocalApiParts): void {
  const flag = () => ({ feature_flag: isFlagEnabled(consent) });
  const usage = () => toUsageJson(readUsage(consent.directory));

  app.openapi(summary, (context) =>
    context.json({ ...readSummary(consent, { includeEvents: false }), ...flag() }, 200),
  );
  app.openapi(hooks, (context) => context.json({ hooks: usage().hooks, ...flag() }, 200));
  app.openapi(crashes, (context) => context.json({ crashes: readCrashes(consent), ...flag() }, 200));
  app.openapi(events, (context) => {
    const { limit = DEFAULT_EVENTS } = context.req.valid('query');
    return context.json({ events: usage().events.slice(-limit), ...flag() }, 200);
  });
}
