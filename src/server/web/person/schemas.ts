import { z } from 'zod';

/*
 * What the page believes of the answers of the local API. What is not so counts as no answer: nothing is claimed then.
 */

const Reason = z.object({ layer: z.string(), source: z.string(), message: z.string(), fix: z.string() });

export const SettingsAnswer = z.object({
  settings: z.object({
    telemetry_opt_in: z.boolean(),
    crash_opt_in: z.boolean(),
    diagnostics_opt_in: z.boolean(),
    dry_run: z.boolean(),
  }),
  health: z.object({ warnings: z.array(z.object({ code: z.string(), message: z.string() })) }),
});

export const WhyAnswer = z.object({
  mode: z.enum(['off', 'local', 'on']),
  host: z.string().nullable(),
  why: Reason,
  switches: z.record(z.string(), z.object({ enabled: z.boolean(), why: Reason })),
  layers: z.array(
    z.object({
      kind: z.enum(['off', 'local', 'yes']),
      about: z.string(),
      layer: z.string(),
      source: z.string(),
      fix: z.string(),
    }),
  ),
});

export const LedgerAnswer = z.object({
  events: z.array(
    z.object({
      uuid: z.string(),
      event: z.string(),
      timestamp: z.string(),
      distinct_id: z.string(),
      recorded_at: z.string(),
      sent_at: z.string().nullable(),
      dropped_reason: z.string().nullable(),
      state: z.enum(['recorded', 'waiting', 'sent', 'dropped']),
      properties: z.string(),
    }),
  ),
});

export const CountsAnswer = z.object({
  days: z.array(z.object({ day: z.string(), recorded: z.number(), sent: z.number() })),
  last_sent_at: z.string().nullable(),
});

const Sections = z.array(z.object({ title: z.string(), items: z.array(z.string()) }));

export const CatalogAnswer = z.object({
  purpose: z.string(),
  is_complete: z.boolean(),
  sections: Sections,
  details: Sections,
  privacy_url: z.string().nullable(),
});

export const ChangesAnswer = z.object({
  version: z.string(),
  is_known: z.boolean(),
  is_declined: z.boolean(),
  held_back: z.array(z.string()),
  changes: z.array(z.object({ effect: z.enum(['narrowing', 'widening']), text: z.string() })),
});

const Counted = z.object({
  total: z.number(),
  last_ts: z.string(),
});

export const SummaryAnswer = z.object({
  features: z.record(z.string(), Counted.extend({ variants: z.record(z.string(), z.number()).optional() })),
  hooks: z.record(z.string(), Counted),
});

export const FlagsAnswer = z.object({
  flags: z.object({ enable_observability: z.boolean() }).nullable(),
});

export const ClearedAnswer = z.object({ deleted_files: z.number(), failed: z.array(z.string()) });

export const ProblemAnswer = z.object({ code: z.string(), detail: z.string() });

export type SettingsAnswer = z.infer<typeof SettingsAnswer>;
export type WhyAnswer = z.infer<typeof WhyAnswer>;
export type LedgerAnswer = z.infer<typeof LedgerAnswer>;
export type CountsAnswer = z.infer<typeof CountsAnswer>;
export type ChangesAnswer = z.infer<typeof ChangesAnswer>;
export type CatalogAnswer = z.infer<typeof CatalogAnswer>;
export type SummaryAnswer = z.infer<typeof SummaryAnswer>;
