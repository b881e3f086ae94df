import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { isFlagEnabled } from '../../../client/index.js';
import { CountedEventSchema, CounterNameSchema } from '../counter-name.js';
import { answer, body, NO_QUERY, OTHERWISE, refusal, WITH_TOKEN } from '../describe-route.js';
import type { LocalApiParts } from '../parts.js';
import { FEATURE_FLAG } from '../schemas.js';

const RecordedSchema = z
  .object({
    ok: z.literal(true),
    recorded: z.boolean(),
    reason: z
      .string()
      .optional()
      .describe(
        'Why it was not recorded: what decided; not_in_catalogue where only declared classes may be; or not_recorded.',
      ),
    telemetry_active: z.boolean(),
    ...FEATURE_FLAG,
  })
  .openapi('Recorded');

const responses = {
  200: answer(RecordedSchema, 'Whether it was recorded.'),
  422: refusal('A name is no label, or a member is missing, unknown or of another type.'),
  ...OTHERWISE,
};

const feature = createRoute({
  method: 'post',
  path: '/features',
  summary: 'Count that a feature was used.',
  ...WITH_TOKEN,
  request: {
    query: NO_QUERY,
    body: body(z.strictObject({ feature: CounterNameSchema, variant: CounterNameSchema.nullish() }), true),
  },
  responses,
});

const event = createRoute({
  method: 'post',
  path: '/events',
  summary: 'Record an event. Its payload is reduced before anything is kept.',
  ...WITH_TOKEN,
  request: {
    query: NO_QUERY,
    body: body(
      z.strictObject({
        event: CountedEventSchema,
        payload: z.record(z.string(), z.unknown()).nullish(),
        category: CounterNameSchema.nullish().describe('custom unless given.'),
      }),
      true,
    ),
  },
  responses,
});

export function addRecord(app: OpenAPIHono, { telemetry, consent }: LocalApiParts): void {
  const outcomeOf = (recorded: boolean, lossReason = 'not_recorded') => {
    const { mode, why } = consent.watch.current();
    const telemetry_active = mode !== 'off';
    const reason = telemetry_active ? lossReason : why.layer;
    return {
      ok: true as const,
      recorded,
      ...(!recorded && { reason }),
      telemetry_active,
      feature_flag: isFlagEnabled(consent),
    };
  };

  app.openapi(feature, (context) => {
    const { feature: name, variant } = context.req.valid('json');
    return context.json(outcomeOf(telemetry.recordFeature(name, variant ?? undefined)), 200);
  });
  app.openapi(event, (context) => {
    const { event: name, payload, category } = context.req.valid('json');
    const isRecorded = telemetry.recordEvent(name, payload, category ?? undefined);
    const lossReason = consent.admission.admitsUntyped ? undefined : 'not_in_catalogue';
    return context.json(outcomeOf(isRecorded, lossReason), 200);
  });
}
