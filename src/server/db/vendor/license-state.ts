import type { License } from './license-repository.js';

/**
 * - `active`
 * - `grace`: it has expired, and counts for some days more
 * - `expired`: longer ago than that
 * - `revoked`: at once, and for good
 */
export type LicenseState = 'active' | 'grace' | 'expired' | 'revoked';

/** Seven days, for who forgets to renew. */
const GRACE_MS = 7 * 86_400_000;

/** Pure. @param nowMs - Unix time in milliseconds */
export function evaluateLicense(
  { expiresAt, revokedAt }: Pick<License, 'expiresAt' | 'revokedAt'>,
  nowMs: number,
): LicenseState {
  if (revokedAt !== null) return 'revoked';
  if (expiresAt === null || nowMs < Date.parse(expiresAt)) return 'active';
  return nowMs < Date.parse(expiresAt) + GRACE_MS ? 'grace' : 'expired';
}

/** The last moment of the grace, in Unix milliseconds; undefined for a licence that never expires. */
export function graceUntilMs({ expiresAt }: Pick<License, 'expiresAt'>): number | undefined {
  return expiresAt === null ? undefined : Date.parse(expiresAt) + GRACE_MS;
}
