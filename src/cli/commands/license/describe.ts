import type { OperatorResult } from 'sotto/server';
import type { Fact } from '../../columns.js';
import { toPrintable } from '../../plain-text.js';

export type License = OperatorResult<'show_license'>['license'];

/** For programs, in the spelling of the wire. */
export function toReport(license: License): object {
  return {
    license_id: license.licenseId,
    customer_id: license.customerId,
    customer_name: license.customerName,
    entitlements: license.entitlements,
    created_at: license.createdAt,
    expires_at: license.expiresAt,
    revoked_at: license.revokedAt,
  };
}

/** One line of a list. */
export function toFact({
  licenseId,
  customerId,
  customerName,
  createdAt,
  expiresAt,
  revokedAt,
}: License): Fact {
  const parts = [
    `${customerId}, ${toPrintable(customerName)}`,
    `made ${createdAt}`,
    ...(expiresAt === null ? [] : [`until ${expiresAt}`]),
    ...(revokedAt === null ? [] : [`revoked ${revokedAt}`]),
  ];
  return [licenseId, parts.join('; ')];
}

/** Everything about one, and never its key. */
export function toFacts({ entitlements, ...license }: License): readonly Fact[] {
  const { max_teams, max_runs_per_month, features } = entitlements;
  return [
    ['Licence', license.licenseId],
    ['Customer', `${license.customerId}, ${toPrintable(license.customerName)}`],
    ['Made', license.createdAt],
    ['Until', license.expiresAt ?? 'for good'],
    ['Revoked', license.revokedAt ?? 'no'],
    ['Teams', toLimit(max_teams)],
    ['Runs a month', toLimit(max_runs_per_month)],
    ['Features', features.length === 0 ? 'none' : features.map(toPrintable).join(', ')],
  ];
}

const toLimit = (limit: number) => (limit < 0 ? 'any number' : `at most ${limit}`);
