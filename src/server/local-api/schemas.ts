import { z } from '@hono/zod-openapi';
import { isJsonObject, type JsonObject } from '../http/index.js';

/** In every answer. */
export const FEATURE_FLAG = {
  feature_flag: z.boolean().describe("The app's umbrella flag; true where it has none."),
};

export const ProblemSchema = z
  .object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('Stable: decide by it.'),
    detail: z.string().describe('For people.'),
    errors: z
      .array(z.object({ path: z.string(), rule: z.string() }))
      .readonly()
      .optional(),
    ...FEATURE_FLAG,
  })
  .openapi('Problem');

export const HealthSchema = z
  .object({
    flag_enabled: z.boolean(),
    telemetry_opt_in: z.boolean(),
    telemetry_active: z.boolean(),
    crash_opt_in: z.boolean(),
    crash_active: z.boolean(),
    diagnostics_opt_in: z.boolean(),
    diagnostics_active: z.boolean(),
    dry_run: z.boolean(),
    last_settings_update: z.string().nullable().describe('ISO 8601, UTC.'),
    anonymous_preview: z.string().nullable().describe('The first eight digits of the pseudonymous id.'),
    mode: z.enum(['off', 'local', 'on']),
    reason: z.string().describe('What decided the mode.'),
    warnings: z.array(z.object({ code: z.string(), message: z.string() })).readonly(),
  })
  .openapi('Health');

export const SettingsSchema = z
  .object({
    telemetry_opt_in: z.boolean(),
    crash_opt_in: z.boolean(),
    diagnostics_opt_in: z.boolean(),
    dry_run: z.boolean(),
  })
  .openapi('Settings');

export const ReasonSchema = z.object({
  layer: z.string(),
  source: z.string(),
  message: z.string(),
  fix: z.string(),
});

export const REPORT = {
  settings: SettingsSchema,
  telemetry_active: z.boolean(),
  crash_uploads_active: z.boolean(),
  diagnostics_opt_in: z.boolean(),
  diagnostics_active: z.boolean(),
  health: HealthSchema,
  why: ReasonSchema,
};

/** Properties of an event, as this package makes them. */
export const PropertiesSchema = z
  .custom<JsonObject>(isJsonObject)
  .openapi({ type: 'object', additionalProperties: true });

export const FeaturesSchema = z.record(
  z.string(),
  z.object({
    total: z.int(),
    last_ts: z.string(),
    variants: z.record(z.string(), z.int()).optional(),
  }),
);

export const HooksSchema = z.record(
  z.string(),
  z.object({
    total: z.int(),
    last_ts: z.string(),
    samples: z.array(z.object({ ts: z.string(), payload: PropertiesSchema })).readonly(),
  }),
);

export const EventsSchema = z
  .array(z.object({ event: z.string(), category: z.string(), ts: z.string(), payload: PropertiesSchema }))
  .readonly();

export const CrashesSchema = z.array(z.object({ report: z.string(), ts: z.string() })).readonly();

export const ClearedSchema = z.object({
  deleted_files: z.int(),
  failed: z
    .array(z.string())
    .readonly()
    .describe(
      'Names of files that could not be deleted; or, of the file of decisions, not written: what runs may send what it holds.',
    ),
});

export const LedgerEventSchema = z
  .object({
    uuid: z.string(),
    event: z.string(),
    timestamp: z.string().describe('When it was captured: ISO 8601, UTC.'),
    session_id: z.string().nullable(),
    distinct_id: z.string(),
    recorded_at: z.string(),
    sent_at: z.string().nullable(),
    dropped_reason: z.string().nullable(),
    state: z
      .enum(['recorded', 'waiting', 'sent', 'dropped'])
      .describe('recorded: for its user to see only. waiting: it may still be sent.'),
    properties: z.string().describe('JSON: the very bytes that leave, or would leave.'),
  })
  .openapi('LedgerEvent');
