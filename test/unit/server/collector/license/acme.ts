import type { LicenseAnswer } from '../../../../../src/server/wire/index.js';

/** What a vendor says of a licence that is good. */
export const ACME: LicenseAnswer = {
  valid: true,
  customer_id: 'acme',
  customer_name: 'Acme Corp',
  entitlements: { max_teams: 3, max_runs_per_month: 10, features: ['sso'] },
  expires_at: '2027-01-01T00:00:00Z',
  warnings: ['Ends in a year.'],
};
