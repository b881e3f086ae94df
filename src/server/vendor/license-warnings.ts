import type { License } from '../db/vendor/index.js';
import { graceUntilMs, type LicenseState } from '../db/vendor/license-state.js';

/** What people should know of a licence. Pure. */
export function describeLicense(license: License, state: LicenseState): readonly string[] {
  const expiredOn = license.expiresAt?.slice(0, 10);
  switch (state) {
    case 'active':
      return [];
    case 'grace':
      return [`The licence expired on ${expiredOn}. It counts until ${graceEnd(license)}: renew it before.`];
    case 'expired':
      return [`The licence expired on ${expiredOn}, and its grace has ended.`];
    case 'revoked':
      return ['The licence was revoked.'];
    default:
      return state satisfies never;
  }
}

/** @param totalTeams - as a report says */
export function describeTeams({ entitlements }: License, totalTeams: number): readonly string[] {
  const { max_teams: maxTeams } = entitlements;
  if (maxTeams === -1 || totalTeams <= maxTeams) return [];
  return [`The licence is for ${maxTeams} teams, and there are ${totalTeams}.`];
}

function graceEnd(license: License): string {
  return `${new Date(graceUntilMs(license) ?? 0).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
