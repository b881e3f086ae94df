import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { isFlagEnabled, readAppFlags } from '../../../client/index.js';
import { TelemetryError } from '../../../internal/index.js';
import { answer, body, NO_QUERY, OTHERWISE, refusal, WITH_TOKEN } from '../describe-route.js';
import { changeFlagsFile, type FlagChanges } from '../flags/index.js';
import type { LocalApiParts } from '../parts.js';
import { FEATURE_FLAG } from '../schemas.js';

const FlagsSchema = z
  .object({
    enable_observability: z.boolean().describe('The umbrella.'),
    enable_privacy_telemetry: z.boolean().describe('Its alias, which says the same.'),
    enable_crash_uploader: z.boolean(),
  })
  .openapi('Flags');

const FlagsAnswer = z.object({
  flags: FlagsSchema.nullable().describe('As they count; null where the app has no such flags.'),
  file: z.string().nullable().describe('Where they stand; the home directory is ~.'),
  status: z.enum(['absent', 'read', 'unreadable']).nullable(),
  ...FEATURE_FLAG,
});

const read = createRoute({
  method: 'get',
  path: '/flags',
  summary: "The flags of the app's config file.",
  ...WITH_TOKEN,
  request: { query: NO_QUERY },
  responses: { 200: answer(FlagsAnswer, 'The flags.'), ...OTHERWISE },
});

const change = createRoute({
  method: 'patch',
  path: '/flags',
  summary: "Set flags in the app's config file. The umbrella and its alias are one: either sets both.",
  ...WITH_TOKEN,
  request: {
    query: NO_QUERY,
    body: body(
      z
        .strictObject({
          enable_observability: z.boolean().optional(),
          enable_privacy_telemetry: z.boolean().optional(),
          enable_crash_uploader: z.boolean().optional(),
        })
        .refine(
          ({ enable_observability: umbrella, enable_privacy_telemetry: alias }) =>
            umbrella === undefined || alias === undefined || umbrella === alias,
          'enable_observability and enable_privacy_telemetry are one flag, and must say the same',
        ),
      false,
    ),
  },
  responses: {
    200: answer(FlagsAnswer, 'The flags now.'),
    409: refusal('The app has no such flags, or its file cannot be changed or written.'),
    ...OTHERWISE,
  },
});

export function addFlags(app: OpenAPIHono, { consent, refresh }: LocalApiParts): void {
  const report = () => {
    const { flags = null, shown: file = null, status = null } = readAppFlags(consent) ?? {};
    return { flags, file, status, feature_flag: isFlagEnabled(consent) };
  };

  app.openapi(read, (context) => context.json(report(), 200));

  app.openapi(change, (context) => {
    const path = readAppFlags(consent)?.path;
    if (path === undefined) throw notUsed();
    changeFlagsFile(path, toChanges(context.req.valid('json')));
    refresh();
    return context.json(report(), 200);
  });
}

type AskedFlags = { readonly [Flag in keyof FlagChanges]?: boolean | undefined };

function toChanges(asked: AskedFlags): FlagChanges {
  const { enable_crash_uploader: crash } = asked;
  const umbrella = asked.enable_observability ?? asked.enable_privacy_telemetry;
  return {
    ...(umbrella !== undefined && {
      enable_observability: umbrella,
      enable_privacy_telemetry: umbrella,
    }),
    ...(crash !== undefined && { enable_crash_uploader: crash }),
  };
}

function notUsed(): TelemetryError {
  return new TelemetryError(
    'FLAGS_NOT_USED',
    'This app has no umbrella flag: nothing stands over the decision of the person. Change that with POST /settings.',
  );
}
