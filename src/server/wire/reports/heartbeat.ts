import { z } from 'zod';
import { ENVELOPE } from './envelope.js';
import { CountSchema, type Metrics, SecondsSchema, schemaOf } from './metric.js';

/** "Today" is the UTC day of the timestamp, up to the timestamp. */
export const HEARTBEAT_METRICS = {
  runs_today: {
    schema: CountSchema,
    section: 'runs',
    about: 'How many runs started today.',
    purpose: 'reliability',
  },
  runs_last_hour: {
    schema: CountSchema,
    section: 'runs',
    about: 'How many runs started in the last 60 minutes.',
    purpose: 'reliability',
  },
  successful_runs_today: {
    schema: CountSchema,
    section: 'runs',
    about: 'How many of the runs of today are completed.',
    purpose: 'reliability',
  },
  failed_runs_today: {
    schema: CountSchema,
    section: 'runs',
    about: 'How many of the runs of today failed, those that ran out of time not counted.',
    purpose: 'reliability',
  },
  avg_duration_seconds: {
    schema: SecondsSchema,
    section: 'performance',
    about: 'How long the runs of today took on average; null when too few have ended.',
    purpose: 'speed',
  },
  total_teams: {
    schema: CountSchema,
    section: 'teams',
    about: 'How many teams there are.',
    purpose: 'scale',
  },
  active_teams_today: {
    schema: CountSchema,
    section: 'teams',
    about: 'How many teams started a run today.',
    purpose: 'scale',
  },
} as const satisfies Metrics;

/** What is sent every few minutes. */
export const HeartbeatSchema = z.strictObject({
  customer_id: ENVELOPE.customer_id.schema.describe(ENVELOPE.customer_id.about),
  timestamp: ENVELOPE.timestamp.schema.describe(ENVELOPE.timestamp.about),
  metrics: schemaOf(HEARTBEAT_METRICS),
});
export type Heartbeat = z.infer<typeof HeartbeatSchema>;
