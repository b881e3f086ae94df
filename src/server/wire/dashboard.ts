import { z } from 'zod';

/** Where the vendor service tells what it received, to who shows the key for reading (`VENDOR_READ_KEY`) as a bearer token. */
export const DASHBOARD_PATH = '/api/v1/vendor';

const Count = z.int().min(0);
const Seconds = z.number().min(0).nullable();
const Time = z.iso.datetime().nullable();
const DateUtc = z.iso.date();
const LabelCounts = z.array(z.strictObject({ label: z.string(), count: Count })).readonly();

/** `GET <DASHBOARD_PATH>/customers`: by name. */
export const CustomersSchema = z.strictObject({
  customers: z
    .array(
      z.strictObject({
        customer_id: z.string(),
        customer_name: z.string(),
        /** Of its licences: active while one of them is; expired from the day it expires, also while its grace goes on. */
        license: z.enum(['active', 'expired', 'revoked']),
        /** Of the one that lasts longest among those; null: never. */
        expires_at: Time,
        last_heartbeat_at: Time,
        /** Of the last heartbeat. */
        runs_today: Count.nullable(),
        last_daily_date: DateUtc.nullable(),
      }),
    )
    .readonly(),
});
export type Customers = z.infer<typeof CustomersSchema>;

/**
 * `GET <DASHBOARD_PATH>/overview?from=2026-01-01&to=2026-01-31&customer=<id>`: both days belong to it. The last 30 complete UTC days of every
 * customer unless said otherwise; at most 366 days.
 */
export const OverviewSchema = z.strictObject({
  from: DateUtc,
  to: DateUtc,
  /** null: all of them. */
  customer_id: z.string().nullable(),
  /** Every day of the range, also those without a report. */
  days: z
    .array(
      z.strictObject({
        date: DateUtc,
        /** How many customers have reported that day. */
        customers: Count,
        heartbeats: Count,
        total_runs: Count,
        successful_runs: Count,
        failed_runs: Count,
        timeout_runs: Count,
        /** Of one customer as it was reported; of several their mean, weighted by runs, which is no percentile of all runs. */
        p50_duration_seconds: Seconds,
        p95_duration_seconds: Seconds,
        p99_duration_seconds: Seconds,
      }),
    )
    .readonly(),
  /** Sums of the range, largest first. */
  runs_by_trigger: LabelCounts,
  runs_by_agent: LabelCounts,
  top_errors: LabelCounts,
});
export type Overview = z.infer<typeof OverviewSchema>;

/** `GET <DASHBOARD_PATH>/daily.csv?from=&to=&customer=`: RFC 4180, one line per customer and day, its last revision. */
export const CSV_COLUMNS = [
  'date',
  'customer_id',
  'revision',
  'total_runs',
  'successful_runs',
  'failed_runs',
  'timeout_runs',
  'avg_duration_seconds',
  'p50_duration_seconds',
  'p95_duration_seconds',
  'p99_duration_seconds',
  'avg_tool_calls',
  'total_teams',
  'active_teams',
] as const;
