import { z } from 'zod';
import { CUSTOMER_ID } from './customer.js';
import { lastCompleteDateUtc, utcDayOf } from './reports/utc-day.js';

/** Where the vendor service answers, below its address: the routes of seed 001. All take the licence key as a bearer token. */
export const VENDOR_PATHS = {
  validateLicense: '/validate-license',
  heartbeat: '/telemetry/heartbeat',
  analytics: '/telemetry/analytics',
} as const;

/**
 * What a report says beside its body. A body is exactly what the catalogue names: these travel as headers.
 *
 * - `idempotency-key`: a UUID, the same for each attempt to send one report; it comes from nothing but a random generator
 * - `sotto-report-revision`: 1, or for a correction of a daily report one more than the last
 */
export const REPORT_HEADERS = {
  idempotencyKey: 'idempotency-key',
  revision: 'sotto-report-revision',
} as const;

/** -1 stands for no limit. */
const LimitSchema = z.int().min(-1);

export const EntitlementsSchema = z.object({
  max_teams: LimitSchema,
  max_runs_per_month: LimitSchema,
  features: z.array(z.string().max(64)).max(64).readonly(),
});
export type Entitlements = z.infer<typeof EntitlementsSchema>;

/** `POST /validate-license`, 200: what the vendor says of a licence that it knows. */
export const LicenseAnswerSchema = z.object({
  /** False for one that was revoked, or expired longer ago than its grace of 7 days. */
  valid: z.boolean(),
  customer_id: z.string().regex(CUSTOMER_ID),
  customer_name: z.string().refine((name) => name !== '' && [...name].length <= 128),
  entitlements: EntitlementsSchema,
  expires_at: z.iso.datetime().nullable().describe('ISO 8601, UTC; null: never.'),
  /** For people. */
  warnings: z.array(z.string().max(512)).max(16).readonly(),
});
export type LicenseAnswer = z.infer<typeof LicenseAnswerSchema>;

/** `POST /telemetry/…`, 200. */
export const ReceiptSchema = z.object({
  /** `duplicate`: it was accepted before, and nothing was changed by this. */
  status: z.enum(['accepted', 'duplicate']),
  warnings: z.array(z.string().max(512)).max(16).readonly(),
});
export type Receipt = z.infer<typeof ReceiptSchema>;

const DAY_MS = 24 * 60 * 60 * 1_000;

/** The vendor takes the report of a day for so long. A collector catches up on less. */
export const MAX_DAILY_AGE_DAYS = 30;

/** Whether a UTC day is so long over that its report is taken no more. Pure. @param dayStartMs - its first moment */
export function isTooOldForVendor(dayStartMs: number, nowMs: number): boolean {
  const { fromMs: lastCompleteMs } = utcDayOf(lastCompleteDateUtc(nowMs));
  return lastCompleteMs - dayStartMs >= MAX_DAILY_AGE_DAYS * DAY_MS;
}
