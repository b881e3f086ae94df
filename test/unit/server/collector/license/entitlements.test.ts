import { describe, expect, it } from 'vitest';
import {
  checkEntitlement,
  type EntitlementQuestion,
  EntitlementQuestionSchema,
  type License,
} from '../../../../../src/server/collector/license/index.js';
import { utcMonthAt } from '../../../../../src/server/collector/license/utc-month.js';
import type { Period } from '../../../../../src/server/wire/reports/index.js';
import { ACME } from './acme.js';

const NOW_MS = Date.parse('2026-01-31T23:59:59.999Z');
const TEAMS: EntitlementQuestion = { entitlement: 'max_teams' };
const RUNS: EntitlementQuestion = { entitlement: 'max_runs_per_month' };

const VALID: License = {
  state: 'valid',
  customerId: ACME.customer_id,
  customerName: ACME.customer_name,
  entitlements: ACME.entitlements,
  expiresAt: ACME.expires_at,
  warnings: [],
  isCached: true,
};

function check(question: EntitlementQuestion, current: number, license = VALID) {
  const periods: Period[] = [];
  const counts = {
    countTeams: async () => current,
    async countRuns(period: Period) {
      periods.push(period);
      return current;
    },
  };
  return { answer: checkEntitlement(question, license, counts, NOW_MS), periods };
}

const limited = (limit: number): License => ({
  ...VALID,
  entitlements: { max_teams: limit, max_runs_per_month: limit, features: [] },
});

describe('a limit of the licence', () => {
  it.each([
    [0, true],
    [2, true],
    [3, false],
    [4, false],
  ])('of 3 teams allows one more beside %d: %s', async (current, allowed) => {
    expect(await check(TEAMS, current).answer).toEqual({ allowed, limit: 3, current });
  });

  it('of runs is for the month in UTC', async () => {
    const { answer, periods } = check(RUNS, 9);
    expect(await answer).toEqual({ allowed: true, limit: 10, current: 9 });
    expect(periods).toEqual([utcMonthAt(NOW_MS)]);
  });

  it.each([TEAMS, RUNS])('of -1 is none: %o', async (question) => {
    const answered = await check(question, 1e9, limited(-1)).answer;
    expect(answered).toEqual({ allowed: true, limit: -1, current: 1e9 });
  });

  it('of 0 allows none', async () => {
    expect(await check(TEAMS, 0, limited(0)).answer).toMatchObject({ allowed: false });
  });
});

describe('a feature', () => {
  it.each([
    ['sso', true],
    ['SSO', false],
    ['audit', false],
  ])('%s is allowed: %s', async (feature, allowed) => {
    expect(await check({ feature }, 0).answer).toEqual({ allowed, limit: null, current: null });
  });
});

describe('a licence that is not valid', () => {
  it.each([
    ['invalid', 'LICENSE_INACTIVE'],
    ['unknown', 'UPSTREAM_UNAVAILABLE'],
  ] as const)('allows nothing while it is %s', async (state, code) => {
    for (const question of [TEAMS, RUNS, { feature: 'sso' }])
      await expect(check(question, 0, { ...VALID, state }).answer).rejects.toMatchObject({ code });
  });
});

describe('a question', () => {
  it.each([TEAMS, RUNS, { feature: 'sso' }])('may be %o', (question) => {
    expect(EntitlementQuestionSchema.safeParse(question).success).toBe(true);
  });

  it.each([
    [{}],
    [{ entitlement: 'max_planets' }],
    [{ entitlement: 'max_teams', feature: 'sso' }],
    [{ entitlement: 'max_teams', org_id: 'acme' }],
    [{ feature: '' }],
    [{ feature: 'x'.repeat(65) }],
    [[TEAMS]],
    [null],
  ])('may not be %j', (question) => {
    expect(EntitlementQuestionSchema.safeParse(question).success).toBe(false);
  });
});

describe('a month', () => {
  it.each([
    ['2026-01-31T23:59:59.999Z', '2026-01-01', '2026-02-01'],
    ['2026-02-01T00:00:00.000Z', '2026-02-01', '2026-03-01'],
    ['2024-02-29T12:00:00.000Z', '2024-02-01', '2024-03-01'],
    ['2026-12-31T23:59:59.999Z', '2026-12-01', '2027-01-01'],
  ])('of %s goes from %s to %s', (now, from, until) => {
    expect(utcMonthAt(Date.parse(now))).toEqual({ fromMs: Date.parse(from), untilMs: Date.parse(until) });
  });
});
