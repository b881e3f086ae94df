import { z } from 'zod';
import { TelemetryError } from '../../../internal/index.js';
import type { EntitlementRepository } from '../../db/entitlements/index.js';
import type { Entitlements } from '../../wire/index.js';
import type { License } from './license-keeper.js';
import { utcMonthAt } from './utc-month.js';

/** May there be one more of something, or may a feature be used? */
export const EntitlementQuestionSchema = z.union([
  z.strictObject({ entitlement: z.enum(['max_teams', 'max_runs_per_month']) }),
  z.strictObject({ feature: z.string().min(1).max(64) }),
]);
export type EntitlementQuestion = z.infer<typeof EntitlementQuestionSchema>;

export interface EntitlementAnswer {
  readonly allowed: boolean;
  /** -1 stands for no limit; null for a feature. */
  readonly limit: number | null;
  /** How many there are; null for a feature. */
  readonly current: number | null;
}

const UNLIMITED = -1;

/**
 * Whether the licence allows one more team, one more run in this UTC month, or a feature. Counts every organisation, those that are off too:
 * the counts are told to who asks, and never to the vendor.
 *
 * @param nowMs - Unix time in milliseconds
 * @throws {TelemetryError} `LICENSE_INACTIVE` for a licence that is invalid, `UPSTREAM_UNAVAILABLE` while nothing is known of it, and what
 *   the repository throws
 */
export async function checkEntitlement(
  question: EntitlementQuestion,
  license: License,
  counts: EntitlementRepository,
  nowMs: number,
): Promise<EntitlementAnswer> {
  const entitlements = entitlementsOf(license);
  if ('feature' in question) {
    return { allowed: entitlements.features.includes(question.feature), limit: null, current: null };
  }
  const limit = entitlements[question.entitlement];
  const current = await countOf(question.entitlement, counts, nowMs);
  return { allowed: limit === UNLIMITED || current < limit, limit, current };
}

function countOf(
  entitlement: 'max_teams' | 'max_runs_per_month',
  counts: EntitlementRepository,
  nowMs: number,
): Promise<number> {
  switch (entitlement) {
    case 'max_teams':
      return counts.countTeams();
    case 'max_runs_per_month':
      return counts.countRuns(utcMonthAt(nowMs));
    default:
      return entitlement satisfies never;
  }
}

function entitlementsOf({ state, entitlements }: License): Entitlements {
  if (state === 'valid' && entitlements) return entitlements;
  if (state === 'invalid') {
    throw new TelemetryError(
      'LICENSE_INACTIVE',
      'The vendor says that the licence is not valid: it was revoked, has expired, or is not known there.',
    );
  }
  throw new TelemetryError(
    'UPSTREAM_UNAVAILABLE',
    'Nothing is known of the licence: the vendor service has not answered for too long. Ask again later.',
  );
}
