import { z } from 'zod';
import { DailyReportSchema } from './daily-report.js';
import { HeartbeatSchema } from './heartbeat.js';

const TimeSchema = z.iso.datetime().describe('ISO 8601, UTC.');

const PERIOD = {
  period_start: TimeSchema.describe('It counts runs that started from here on.'),
  period_end: TimeSchema.describe('It counts runs that started before this.'),
};

const NextReportSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('heartbeat'), ...PERIOD, payload: HeartbeatSchema.nullable() }),
  z.strictObject({ kind: z.literal('daily'), ...PERIOD, payload: DailyReportSchema.nullable() }),
]);

/** `GET <CONFIG_PATH>/reports/next`: what would be sent now. */
export const NextReportsSchema = z.strictObject({
  as_of: TimeSchema,
  sends: z.boolean().describe('False: nothing is sent, and each payload is null.'),
  reason: z
    .enum(['counted', 'nobody_counted', 'stopped'])
    .describe(
      'counted: there is somebody to count. nobody_counted: every organisation is off. stopped: by the operator.',
    ),
  reports: z.array(NextReportSchema).readonly().describe('The heartbeat, then the daily report.'),
});
export type NextReports = z.infer<typeof NextReportsSchema>;

const SentReportSchema = z.strictObject({
  kind: z.enum(['heartbeat', 'daily']),
  sent_at: TimeSchema,
  period_start: TimeSchema.describe('What it was for: the day of a daily report, the moment of a heartbeat.'),
  // Not the schemas of today: a report stays in the history as it was sent, also when reports have changed since.
  payload: z.looseObject({}).describe('As it was sent.'),
});
export type SentReport = z.infer<typeof SentReportSchema>;

/** `GET <CONFIG_PATH>/reports`: newest first. */
export const SentReportsSchema = z.strictObject({ reports: z.array(SentReportSchema).readonly() });
export type SentReports = z.infer<typeof SentReportsSchema>;
