import { describe, expect, it } from 'vitest';
import type { License } from '../../../../src/server/db/vendor/index.js';
import { evaluateLicense } from '../../../../src/server/db/vendor/license-state.js';
import { describeLicense, describeTeams } from '../../../../src/server/vendor/license-warnings.js';

const LICENSE: License = {
  licenseId: 'lic_0123456789abcdef',
  customerId: 'extend',
  customerName: 'Extend',
  entitlements: { max_teams: 5, max_runs_per_month: -1, features: [] },
  createdAt: '2026-01-01T00:00:00.000000Z',
  expiresAt: '2026-02-01T00:00:00.000000Z',
  revokedAt: null,
};

describe('a licence', () => {
  it.each([
    ['2026-01-31T23:59:59.999Z', 'active'],
    ['2026-02-01T00:00:00.000Z', 'grace'],
    ['2026-02-07T23:59:59.999Z', 'grace'],
    ['2026-02-08T00:00:00.000Z', 'expired'],
  ])('at %s is: %s', (now, expected) => {
    expect(evaluateLicense(LICENSE, Date.parse(now))).toBe(expected);
  });

  it('counts for ever unless it expires, and not any more once it is revoked', () => {
    const nowMs = Date.parse('2099-01-01T00:00:00.000Z');
    expect(evaluateLicense({ ...LICENSE, expiresAt: null }, nowMs)).toBe('active');
    expect(evaluateLicense({ expiresAt: null, revokedAt: LICENSE.createdAt }, nowMs)).toBe('revoked');
  });

  it('warns while its grace goes on, and says until when', () => {
    expect(describeLicense(LICENSE, 'active')).toEqual([]);
    expect(describeLicense(LICENSE, 'grace')).toEqual([
      'The licence expired on 2026-02-01. It counts until 2026-02-08 00:00 UTC: renew it before.',
    ]);
  });

  it('warns of more teams than it is for', () => {
    expect(describeTeams(LICENSE, 5)).toEqual([]);
    expect(describeTeams(LICENSE, 6)).toEqual(['The licence is for 5 teams, and there are 6.']);
    const unlimited = { ...LICENSE, entitlements: { ...LICENSE.entitlements, max_teams: -1 } };
    expect(describeTeams(unlimited, 1_000_000)).toEqual([]);
  });
});
