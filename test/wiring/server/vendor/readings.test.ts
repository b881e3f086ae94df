import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createVendorApp } from '../../../../src/server/vendor/index.js';
import { CustomersSchema, DASHBOARD_PATH, OverviewSchema } from '../../../../src/server/wire/index.js';
import { buildDaily } from '../../../support/reports.js';
import { get, START_MS, useServedVendor } from './support.js';

const served = useServedVendor('postgresql');
const PATHS = ['/customers', '/overview', '/daily.csv'].map((path) => `${DASHBOARD_PATH}${path}`);

const add = (date: string, customerId: string) =>
  served.database.received.addDaily(buildDaily(date, {}, customerId), {
    idempotencyKey: randomUUID(),
    receivedAtMs: START_MS,
    isTimely: true,
    revision: 1,
  });

describe('what came', () => {
  it.each(PATHS)('%s is told to who has the key for reading, and to nobody else', async (path) => {
    expect(await get(served, path)).toMatchObject({ status: 200 });
    const { text } = await served.createLicense();
    for (const key of [text, 'another-key-for-reading', '']) {
      const { status, headers, body } = await get(served, path, key);
      expect({ status, body }).toMatchObject({ status: 401, body: { code: 'REQUEST_UNAUTHORIZED' } });
      expect(headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it.each(PATHS)('%s is not there where there is no such key', async (path) => {
    const app = createVendorApp({ database: served.database });
    const headers = { authorization: 'Bearer undefined' };
    expect((await app.request(path, { headers })).status).toBe(404);
    expect((await app.request(path)).status).toBe(404);
  });

  it('is told in the words of the contract', async () => {
    await served.createLicense({ customerId: 'acme', customerName: 'ACME <script>' });
    await add('2026-01-10', 'acme');
    const customers = CustomersSchema.parse((await get(served, `${DASHBOARD_PATH}/customers`)).body);
    expect(customers.customers.find(({ customer_id }) => customer_id === 'acme')).toMatchObject({
      customer_name: 'ACME <script>',
      last_daily_date: '2026-01-10',
    });
    const overview = OverviewSchema.parse((await get(served, `${DASHBOARD_PATH}/overview`)).body);
    expect(overview).toMatchObject({ from: '2025-12-12', to: '2026-01-10', customer_id: null });
    expect(overview.days).toHaveLength(30);
    expect(overview.days.at(-1)).toMatchObject({ date: '2026-01-10', customers: 1, total_runs: 150 });
  });

  it.each([
    'from=2026-01-02&to=2026-01-01',
    'days=30',
    'customer=a&customer=b',
    'customer=-1',
    'from=2024-01-01&to=2026-01-01',
  ])('is not told for %j', async (query) => {
    for (const path of PATHS.slice(1))
      expect(await get(served, `${path}?${query}`)).toMatchObject({
        status: 422,
        body: { code: 'REQUEST_UNPROCESSABLE' },
      });
  });

  it('is handed out as a file that no spreadsheet runs', async () => {
    await add('2025-06-01', '-1');
    await add('2025-06-01', '-cmd');
    await add('2025-06-02', 'acme');
    const { status, headers, body } = await get(
      served,
      `${DASHBOARD_PATH}/daily.csv?from=2025-06-01&to=2025-06-30`,
    );
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/);
    expect(headers.get('content-disposition')).toBe('attachment; filename="daily-2025-06-01-2025-06-30.csv"');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const lines = String(body).split('\r\n');
    expect(lines.map((line) => line.split(',')[1])).toEqual([
      'customer_id',
      `"'-1"`,
      `"'-cmd"`,
      'acme',
      undefined,
    ]);
    expect(lines[3]).toBe('2025-06-02,acme,1,150,142,6,2,42.5,35,85.2,120.5,8.3,5,3');
  });
});
