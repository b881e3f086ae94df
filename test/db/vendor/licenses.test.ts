import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LicenseRepository, NewLicense } from '../../../src/server/db/vendor/index.js';
import { findCanaries } from '../../support/canaries.js';
import { DATABASE_KINDS, openTestDatabase, type TestDatabase } from '../../support/databases.js';

const ENTITLEMENTS = { max_teams: 5, max_runs_per_month: -1, features: ['sso', 'audit'] };
const newLicense = (changes: Partial<NewLicense> = {}): NewLicense => ({
  customerId: 'extend',
  customerName: 'Extend Inc.',
  entitlements: ENTITLEMENTS,
  ...changes,
});

describe.each(DATABASE_KINDS)('licences in %s', (kind) => {
  let test: TestDatabase;
  let licenses: LicenseRepository;
  beforeAll(async () => {
    test = await openTestDatabase(kind);
    licenses = test.database.licenses;
  });
  afterAll(() => test.close());

  it('are known by their key, and say what was sold', async () => {
    const { license, text } = await licenses.create(
      newLicense({ expiresAtMs: Date.UTC(2027, 0, 1), customerName: 'Größe & 株式会社 𝒳' }),
    );
    expect(text).toMatch(/^lic_[0-9a-f]{16}\.[A-Za-z0-9_-]{43}$/);
    expect(license).toEqual({
      licenseId: text.split('.')[0],
      customerId: 'extend',
      customerName: 'Größe & 株式会社 𝒳',
      entitlements: ENTITLEMENTS,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      expiresAt: '2027-01-01T00:00:00.000000Z',
      revokedAt: null,
    });
    expect(await licenses.verify(text)).toEqual(license);
    expect(await licenses.show(license.licenseId)).toEqual(license);
  });

  it('may have no limit, and no features', async () => {
    const entitlements = { max_teams: -1, max_runs_per_month: Number.MAX_SAFE_INTEGER, features: [] };
    const { license } = await licenses.create(newLicense({ entitlements }));
    expect(license).toMatchObject({ entitlements, expiresAt: null });
  });

  it('are several of one customer, so that a key can be changed without a gap', async () => {
    const first = await licenses.create(newLicense({ customerId: 'rotating' }));
    const second = await licenses.create(newLicense({ customerId: 'rotating' }));
    expect(await licenses.revoke(first.license.licenseId)).toBe(true);
    expect(await licenses.revoke(first.license.licenseId)).toBe(false);
    expect(await licenses.verify(first.text)).toMatchObject({ revokedAt: expect.stringMatching(/Z$/) });
    expect(await licenses.verify(second.text)).toEqual(second.license);
    expect(await licenses.list('rotating')).toEqual([
      await licenses.show(first.license.licenseId),
      second.license,
    ]);
  });

  it('are not known by another key, and their number alone opens nothing', async () => {
    const [one, other] = await Promise.all([licenses.create(newLicense()), licenses.create(newLicense())]);
    const [id, secret] = one.text.split('.') as [string, string];
    const wrong = [
      `${id}.${other.text.split('.')[1]}`,
      `lic_0000000000000000.${secret}`,
      `tok_${id.slice(4)}.${secret}`,
      `${one.text} `,
      `${one.text}\n`,
      one.text.toUpperCase(),
      id,
      '',
      '\u0000',
      'x'.repeat(100_000),
    ];
    const known = await Promise.all(wrong.map((text) => licenses.verify(text)));
    expect(known.filter((license) => license !== undefined)).toEqual([]);
    expect(await licenses.revoke('lic_0000000000000000')).toBe(false);
    expect(await licenses.show('lic_0000000000000000')).toBeUndefined();
  });

  it('are no tokens of organisations, and those are no licences', async () => {
    const { text } = await licenses.create(newLicense());
    const token = await test.database.tokens.create({ orgId: 'acme', teamNodeId: null, scope: 'admin' });
    expect(await test.database.tokens.verify(text)).toBeUndefined();
    expect(await licenses.verify(token.text)).toBeUndefined();
  });

  it('leave no secret in the database', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => licenses.create(newLicense())));
    const [dump] = await test.query(
      'SELECT json_agg(row_to_json(licenses))::text AS text FROM sotto_vendor.licenses',
    );
    expect(dump?.text).toContain(made[0]?.license.licenseId);
    for (const { text } of made) {
      const secret = text.split('.')[1] ?? '';
      const bytes = Buffer.from(secret, 'base64url').toString('hex');
      expect(findCanaries(String(dump?.text), { secret, bytes })).toEqual([]);
    }
    expect(JSON.stringify(await licenses.list())).not.toMatch(/salt|hash/i);
  });
});
