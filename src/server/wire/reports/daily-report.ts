import { z } from 'zod';
import { ENVELOPE } from './envelope.js';
import {
  CountSchema,
  GroupCountSchema,
  type Metrics,
  SecondsSchema,
  schemaOf,
  ToolCallsSchema,
} from './metric.js';
import { AGENTS, ERROR_TYPES, TRIGGERS } from './vocabularies.js';

/** A label without runs is absent. */
const countsBy = <const Labels extends readonly string[]>(labels: Labels) =>
  z.partialRecord(z.enum(labels), GroupCountSchema);

const TopErrorsSchema = z
  .array(z.strictObject({ error_type: z.enum(ERROR_TYPES), count: GroupCountSchema }))
  .max(ERROR_TYPES.length)
  .readonly();

/** Of the runs that started on the day of the report, in UTC. */
export const DAILY_METRICS = {
  total_runs: {
    schema: CountSchema,
    section: 'runs',
    about:
      'How many runs started on that day. Those that had not ended, or ended in no way named here, are in none of the next three.',
    purpose: 'reliability',
  },
  successful_runs: {
    schema: CountSchema,
    section: 'runs',
    about: 'How many of them are completed.',
    purpose: 'reliability',
  },
  failed_runs: {
    schema: CountSchema,
    section: 'runs',
    about: 'How many of them failed, those that ran out of time not counted.',
    purpose: 'reliability',
  },
  timeout_runs: {
    schema: CountSchema,
    section: 'runs',
    about: 'How many of them ran out of time.',
    purpose: 'reliability',
  },
  avg_duration_seconds: {
    schema: SecondsSchema,
    section: 'performance',
    about: 'How long they took on average; null when too few have ended.',
    purpose: 'speed',
  },
  p50_duration_seconds: {
    schema: SecondsSchema,
    section: 'performance',
    about: 'How long the run in the middle took: the median; null when too few have ended.',
    purpose: 'speed',
  },
  p95_duration_seconds: {
    schema: SecondsSchema,
    section: 'performance',
    about: 'The duration that 95 of 100 runs stayed within; null when too few have ended.',
    purpose: 'speed',
  },
  p99_duration_seconds: {
    schema: SecondsSchema,
    section: 'performance',
    about: 'The duration that 99 of 100 runs stayed within; null when too few have ended.',
    purpose: 'speed',
  },
  avg_tool_calls: {
    schema: ToolCallsSchema,
    section: 'usage',
    about: 'How many tools a run called on average; null when too few say.',
    purpose: 'priorities',
  },
  total_teams: {
    schema: CountSchema,
    section: 'teams',
    about: 'How many teams there were when the report was made.',
    purpose: 'scale',
  },
  active_teams: {
    schema: CountSchema,
    section: 'teams',
    about: 'How many teams started a run on that day.',
    purpose: 'scale',
  },
  runs_by_trigger: {
    schema: countsBy(TRIGGERS),
    section: 'usage',
    about: 'How many runs each kind of trigger started; kinds with few runs are counted together, as other.',
    purpose: 'priorities',
    labels: TRIGGERS,
  },
  runs_by_agent: {
    schema: countsBy(AGENTS),
    section: 'usage',
    about:
      'How many runs each agent of the product made; your own agents, and those with few runs, are counted together, as other.',
    purpose: 'priorities',
    labels: AGENTS,
  },
  top_errors: {
    schema: TopErrorsSchema,
    section: 'performance',
    about:
      'How often each type of error made a run fail; types with few runs are counted together, as other.',
    purpose: 'reliability',
    labels: ERROR_TYPES,
  },
} as const satisfies Metrics;

/** What is sent once a day. */
export const DailyReportSchema = z.strictObject({
  customer_id: ENVELOPE.customer_id.schema.describe(ENVELOPE.customer_id.about),
  date: ENVELOPE.date.schema.describe(ENVELOPE.date.about),
  analytics: schemaOf(DAILY_METRICS),
});
export type DailyReport = z.infer<typeof DailyReportSchema>;
