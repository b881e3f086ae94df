import { describe, expect, it } from 'vitest';
import { VENDOR_PATHS } from '../../../../src/server/wire/index.js';
import { DATABASE_KINDS } from '../../../support/databases.js';
import { post, useServedVendor } from './support.js';

describe.each(DATABASE_KINDS)('too many requests, over %s', (kind) => {
  const served = useServedVendor(kind);

  it('of one licence are told to wait, and hold up nobody else', async () => {
    const [wild, other] = [await served.createLicense(), await served.createLicense()];
    const ask = (key: string, path: string) => post(served, path, key, '{}');
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => ask(wild.text, VENDOR_PATHS.heartbeat)),
    );
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited).toHaveLength(10);
    expect(limited[0]?.body).toMatchObject({ code: 'REQUEST_RATE_LIMITED' });
    const waitSeconds = Number(limited[0]?.headers.get('retry-after'));
    expect(waitSeconds).toBeGreaterThan(500);
    expect(waitSeconds).toBeLessThanOrEqual(600);
    expect(await ask(wild.text, VENDOR_PATHS.validateLicense)).toMatchObject({ status: 200 });
    expect(await ask(other.text, VENDOR_PATHS.heartbeat)).toMatchObject({ status: 422 });
  });

  it('without a good key are told to wait, and a good one is not', async () => {
    const { text } = await served.createLicense();
    const guess = (index: number) =>
      post(
        served,
        VENDOR_PATHS.validateLicense,
        `lic_${String(index).padStart(16, '0')}.${'A'.repeat(43)}`,
        '{}',
      );
    const guesses = await Promise.all(Array.from({ length: 60 }, (_, index) => guess(index)));
    expect(new Set(guesses.map(({ status }) => status))).toEqual(new Set([401, 429]));
    expect(await post(served, VENDOR_PATHS.validateLicense, text, '{}')).toMatchObject({ status: 200 });
    const rows = await served.query(
      `SELECT key FROM sotto_vendor.request_limits WHERE key LIKE '%lic\\_000000%'`,
    );
    expect(rows).toEqual([]);
  });
});
