import { beforeEach, describe, expect, it } from 'vitest';
import { LicenseAnswerSchema, VENDOR_PATHS } from '../../../../src/server/wire/index.js';
import { DATABASE_KINDS } from '../../../support/databases.js';
import { buildDaily, buildHeartbeat } from '../../../support/reports.js';
import { post, START_MS, useServedVendor } from './support.js';

const DAY_MS = 86_400_000;
const UNKNOWN = `lic_0123456789abcdef.${'A'.repeat(43)}`;

describe.each(DATABASE_KINDS)('a licence, asked for over %s', (kind) => {
  const served = useServedVendor(kind);
  const validate = (key: string | undefined, body: unknown = {}) =>
    post(served, VENDOR_PATHS.validateLicense, key, body);
  const send = async (key: string) => [
    await post(served, VENDOR_PATHS.heartbeat, key, buildHeartbeat(new Date(served.nowMs).toISOString())),
    await post(
      served,
      VENDOR_PATHS.analytics,
      key,
      buildDaily(new Date(served.nowMs - DAY_MS).toISOString().slice(0, 10)),
    ),
  ];
  beforeEach(() => {
    served.nowMs = START_MS;
  });

  it('that counts is told with what was sold, in the words of the contract', async () => {
    const { text } = await served.createLicense({ customerName: '𝒳'.repeat(128) });
    const { status, body } = await validate(text);
    expect(status).toBe(200);
    expect(LicenseAnswerSchema.parse(body)).toEqual({
      valid: true,
      customer_id: 'extend',
      customer_name: '𝒳'.repeat(128),
      entitlements: { max_teams: -1, max_runs_per_month: -1, features: ['sso'] },
      expires_at: null,
      warnings: [],
    });
    expect(await validate(text, '')).toMatchObject({ status: 200 });
  });

  it('that has expired counts for seven days more, with a warning, and then no more', async () => {
    const { text } = await served.createLicense({ expiresAtMs: START_MS + DAY_MS });
    expect(await validate(text)).toMatchObject({ body: { valid: true, warnings: [] } });

    served.nowMs = START_MS + 8 * DAY_MS - 1;
    const warnings = [expect.stringContaining('expired on 2026-01-12')];
    expect(await validate(text)).toMatchObject({ status: 200, body: { valid: true, warnings } });
    for (const sent of await send(text))
      expect(sent).toMatchObject({ status: 200, body: { status: 'accepted', warnings } });

    served.nowMs = START_MS + 8 * DAY_MS;
    expect(await validate(text)).toMatchObject({ status: 200, body: { valid: false, warnings } });
    for (const sent of await send(text))
      expect(sent).toMatchObject({ status: 403, body: { code: 'LICENSE_INACTIVE' } });
  });

  it('that is revoked counts no more, at once', async () => {
    const { license, text } = await served.createLicense();
    expect(await validate(text)).toMatchObject({ body: { valid: true } });
    await served.database.licenses.revoke(license.licenseId);
    expect(await validate(text)).toMatchObject({
      status: 200,
      body: { valid: false, customer_id: 'extend' },
    });
    for (const sent of await send(text))
      expect(sent).toMatchObject({ status: 403, body: { code: 'LICENSE_INACTIVE' } });
  });

  it.each([
    ['no key', undefined],
    ['a key that nobody made', UNKNOWN],
    ['a text that is no key', 'letmein'],
  ])('%s: 401, and nothing is stored', async (_, key) => {
    const before = await dump();
    for (const path of Object.values(VENDOR_PATHS)) {
      const { status, headers, body } = await post(
        served,
        path,
        key,
        buildHeartbeat('2026-01-11T12:00:00.000Z'),
      );
      expect({ status, body }).toMatchObject({ status: 401, body: { code: 'LICENSE_UNKNOWN' } });
      expect(headers.get('www-authenticate')).toBe('Bearer');
      expect(headers.get('cache-control')).toBe('no-store');
    }
    expect(await dump()).toEqual(before);
  });

  async function dump() {
    const tables = ['heartbeats', 'daily_reports', 'report_keys', 'request_limits'];
    return Promise.all(tables.map((table) => served.query(`SELECT * FROM sotto_vendor.${table}`)));
  }

  it('cannot be asked for with another method, and there is nothing beside it', async () => {
    const response = await fetch(`${served.url}${VENDOR_PATHS.validateLicense}`);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(await post(served, '/telemetry/other', UNKNOWN, {})).toMatchObject({ status: 404 });
  });

  it('is told of in figures of a closed list, and never with its key', async () => {
    served.told.length = 0;
    const { text } = await served.createLicense();
    await validate(text);
    await validate(UNKNOWN);
    await post(served, VENDOR_PATHS.heartbeat, text, { customer_id: 'extend' });
    const report = buildHeartbeat(new Date(served.nowMs + 1).toISOString());
    await post(served, VENDOR_PATHS.heartbeat, text, report);
    await post(served, VENDOR_PATHS.heartbeat, text, report);
    await post(served, VENDOR_PATHS.heartbeat, text, buildHeartbeat('2025-01-11T12:00:00.000Z'));
    expect(served.told).toEqual([
      ['validate', 'accepted'],
      ['validate', 'unknown_license'],
      ['heartbeat', 'refused'],
      { event: 'report_accepted', kind: 'heartbeat' },
      ['heartbeat', 'accepted'],
      ['heartbeat', 'duplicate'],
      ['heartbeat', 'conflict'],
    ]);
  });
});
