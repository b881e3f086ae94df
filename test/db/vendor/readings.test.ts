import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/server/db/index.js';
import type { ReportReadings } from '../../../src/server/db/vendor/index.js';
import { CustomersSchema, OverviewSchema } from '../../../src/server/wire/index.js';
import { type DailyReport, MAX_COUNT } from '../../../src/server/wire/reports/index.js';
import { DATABASE_KINDS, openTestDatabase, type TestDatabase } from '../../support/databases.js';
import { createPostgres } from '../../support/postgres.js';
import { buildDaily, buildHeartbeat, EMPTY_DAY } from '../../support/reports.js';

const NOW_MS = Date.UTC(2026, 0, 20);
const arrival = () => ({ idempotencyKey: randomUUID(), receivedAtMs: NOW_MS, isTimely: true });
const ALL = { from: '2026-01-10', to: '2026-01-12', customerId: undefined };

describe.each(DATABASE_KINDS)('what came, read from %s', (kind) => {
  let test: TestDatabase;
  let readings: ReportReadings;
  beforeAll(async () => {
    test = await openTestDatabase(kind);
    readings = test.database.reportReadings;
    await fill();
  });
  afterAll(() => test.close());

  async function fill(): Promise<void> {
    await license('acme', 'Zeta', { expiresAtMs: NOW_MS + 1 });
    await license('acme', 'acme Ltd', {});
    await license('beta', 'Beta', { expiresAtMs: NOW_MS });
    await license('gone', 'Gone', { isRevoked: true });
    await license('gone', 'Gone', { isRevoked: true, expiresAtMs: NOW_MS + 1 });

    await daily('acme', '2026-01-10', {});
    await daily('acme', '2026-01-10', { p50_duration_seconds: 40, timeout_runs: 1 }, 2);
    await daily('beta', '2026-01-10', {
      ...EMPTY_DAY,
      total_runs: 50,
      successful_runs: 49,
      p50_duration_seconds: 10.04,
      p95_duration_seconds: 20,
      p99_duration_seconds: 30,
      avg_duration_seconds: 11,
      runs_by_trigger: { slack: 25, webhook: 25 },
      runs_by_agent: { other: 50 },
    });
    await daily('gone', '2026-01-10', EMPTY_DAY);
    await daily('acme', '2026-01-12', EMPTY_DAY);
    await daily('beta', '2026-01-13', {});
    for (const timestamp of [
      '2026-01-10T10:00:00.000Z',
      '2026-01-11T10:00:00.000Z',
      '2026-01-11T10:05:00.000Z',
    ])
      await beat('acme', timestamp);
    await beat('beta', '2026-01-11T23:59:59.999Z');
  }

  async function license(
    customerId: string,
    customerName: string,
    { expiresAtMs, isRevoked = false }: { expiresAtMs?: number; isRevoked?: boolean },
  ): Promise<void> {
    const entitlements = { max_teams: -1, max_runs_per_month: -1, features: [] };
    const { licenses } = test.database;
    const { license } = await licenses.create({ customerId, customerName, entitlements, expiresAtMs });
    if (isRevoked) await licenses.revoke(license.licenseId);
  }

  async function daily(
    customerId: string,
    date: string,
    analytics: Partial<DailyReport['analytics']>,
    revision = 1,
  ): Promise<void> {
    const report = buildDaily(date, analytics, customerId);
    const result = await test.database.received.addDaily(report, { ...arrival(), revision });
    expect(result).toEqual({ status: 'accepted' });
  }

  const beat = (customerId: string, timestamp: string) =>
    test.database.received.addHeartbeat(buildHeartbeat(timestamp, {}, customerId), arrival());

  it('shows every customer by name, with the best of its licences and what it reported last', async () => {
    const customers = await readings.customers(NOW_MS);
    expect(customers).toEqual([
      {
        customer_id: 'acme',
        customer_name: 'acme Ltd',
        license: 'active',
        expires_at: null,
        last_heartbeat_at: '2026-01-11T10:05:00.000000Z',
        runs_today: 42,
        last_daily_date: '2026-01-12',
      },
      {
        customer_id: 'beta',
        customer_name: 'Beta',
        license: 'expired',
        expires_at: '2026-01-20T00:00:00.000000Z',
        last_heartbeat_at: '2026-01-11T23:59:59.999000Z',
        runs_today: 42,
        last_daily_date: '2026-01-13',
      },
      {
        customer_id: 'gone',
        customer_name: 'Gone',
        license: 'revoked',
        expires_at: null,
        last_heartbeat_at: null,
        runs_today: null,
        last_daily_date: '2026-01-10',
      },
    ]);
    expect(CustomersSchema.parse({ customers })).toEqual({ customers });
  });

  it('sums the last revisions of a day, weights percentiles by runs, and tells every day of the range', async () => {
    const overview = await readings.overview(ALL);
    expect(OverviewSchema.parse(overview)).toEqual(overview);
    expect(overview.days).toEqual([
      {
        date: '2026-01-10',
        customers: 3,
        heartbeats: 1,
        total_runs: 200,
        successful_runs: 191,
        failed_runs: 6,
        timeout_runs: 1,
        p50_duration_seconds: 32.5,
        p95_duration_seconds: 68.9,
        p99_duration_seconds: 97.9,
      },
      {
        date: '2026-01-11',
        customers: 0,
        heartbeats: 3,
        total_runs: 0,
        successful_runs: 0,
        failed_runs: 0,
        timeout_runs: 0,
        p50_duration_seconds: null,
        p95_duration_seconds: null,
        p99_duration_seconds: null,
      },
      {
        date: '2026-01-12',
        customers: 1,
        heartbeats: 0,
        total_runs: 0,
        successful_runs: 0,
        failed_runs: 0,
        timeout_runs: 0,
        p50_duration_seconds: null,
        p95_duration_seconds: null,
        p99_duration_seconds: null,
      },
    ]);
    expect(overview.runs_by_trigger).toEqual([
      { label: 'webhook', count: 105 },
      { label: 'manual', count: 45 },
      { label: 'scheduled', count: 25 },
      { label: 'slack', count: 25 },
    ]);
    expect(overview.runs_by_agent.map(({ label }) => label)).toEqual([
      'planner',
      'other',
      'k8s',
      'investigation',
    ]);
    expect(overview.top_errors).toEqual([
      { label: 'tool_error', count: 4 },
      { label: 'timeout', count: 2 },
    ]);
  });

  it('tells the percentiles of one customer as it reported them', async () => {
    const { days, customer_id } = await readings.overview({ ...ALL, customerId: 'beta' });
    expect(customer_id).toBe('beta');
    expect(days[0]).toMatchObject({ customers: 1, p50_duration_seconds: 10.04, total_runs: 50 });
  });

  it('tells sums that JSON carries exactly, whatever stands in the tables', async () => {
    const range = { from: '2026-01-15', to: '2026-01-15', customerId: undefined };
    try {
      for (const customerId of ['acme', 'beta']) {
        await daily(customerId, '2026-01-15', { runs_by_agent: { k8s: Number.MAX_SAFE_INTEGER } });
        await beat(customerId, '2026-01-15T10:00:00.000Z');
      }
      await test.query(`
        UPDATE sotto_vendor.daily_reports SET total_runs = 9223372036854775807, failed_runs = 9007199254740991
        WHERE date = '2026-01-15'`);
      await test.query(
        `UPDATE sotto_vendor.heartbeat_days SET heartbeats = 9007199254740991 WHERE date = '2026-01-15'`,
      );
      const overview = OverviewSchema.parse(await readings.overview(range));
      expect(overview.days).toMatchObject([
        {
          customers: 2,
          heartbeats: Number.MAX_SAFE_INTEGER,
          total_runs: Number.MAX_SAFE_INTEGER,
          failed_runs: Number.MAX_SAFE_INTEGER,
          successful_runs: 284,
          p50_duration_seconds: 35,
        },
      ]);
      expect(overview.runs_by_agent).toEqual([{ label: 'k8s', count: Number.MAX_SAFE_INTEGER }]);
    } finally {
      for (const table of ['daily_reports', 'heartbeat_days'])
        await test.query(`DELETE FROM sotto_vendor.${table} WHERE date = '2026-01-15'`);
    }
  });

  it('adds up a year of the largest reports of many customers exactly', async () => {
    const range = { from: '2024-01-01', to: '2024-12-31', customerId: undefined };
    await test.query(`
      INSERT INTO sotto_vendor.daily_reports
      SELECT 'c' || customer, day::date, 1, now(), NULL, '', n, n, 0, 0, 1, 1, 1, 1, 1, n, n,
             jsonb_build_object('slack', n), jsonb_build_object('k8s', n), '{}'
      FROM generate_series(1, 10) customer, generate_series('2024-01-01'::timestamp, '2024-12-31', '1 day') day,
           (SELECT ${MAX_COUNT}::bigint AS n) counts`);
    const { days, runs_by_agent } = OverviewSchema.parse(await readings.overview(range));
    expect(days.map(({ total_runs }) => total_runs)).toEqual(days.map(() => 10 * MAX_COUNT));
    expect(runs_by_agent).toEqual([{ label: 'k8s', count: 366 * 10 * MAX_COUNT }]);
    expect(366 * 10_000 * MAX_COUNT).toBeLessThan(Number.MAX_SAFE_INTEGER);
    await test.query(`DELETE FROM sotto_vendor.daily_reports WHERE date < '2025-01-01'`);
  });

  it('knows nothing of a customer that is not there', async () => {
    const { days, runs_by_trigger } = await readings.overview({ ...ALL, customerId: 'nobody' });
    expect(days.map(({ customers, heartbeats }) => customers + heartbeats)).toEqual([0, 0, 0]);
    expect(runs_by_trigger).toEqual([]);
  });

  it('reads no single heartbeat', async () => {
    await test.query('ALTER TABLE sotto_vendor.heartbeats RENAME TO hidden');
    try {
      expect((await readings.overview(ALL)).days[1]).toMatchObject({ heartbeats: 3 });
      expect(await readings.customers(NOW_MS)).toHaveLength(3);
    } finally {
      await test.query('ALTER TABLE sotto_vendor.hidden RENAME TO heartbeats');
    }
  });

  it.each([1, 2, 3, 100])(
    'hands out lines in pages of %i, each report once, by day and customer',
    async (limit) => {
      const read: string[] = [];
      let page = await readings.dailyLines(ALL, limit);
      while (page.length > 0) {
        expect(page.length).toBeLessThanOrEqual(limit);
        read.push(...page.map(({ date, customer_id, revision }) => `${date} ${customer_id} ${revision}`));
        page = await readings.dailyLines(ALL, limit, page.at(-1));
      }
      expect(read).toEqual([
        '2026-01-10 acme 2',
        '2026-01-10 beta 1',
        '2026-01-10 gone 1',
        '2026-01-12 acme 1',
      ]);
    },
  );
});

describe('days, over sessions of a server', () => {
  it.each(['America/New_York', 'Asia/Kolkata', 'Pacific/Auckland'])(
    'in %s are those of UTC',
    async (timeZone) => {
      await using postgres = await createPostgres();
      await using database = await openDatabase({ url: postgres.urlInZone(timeZone), areas: ['vendor'] });
      await database.reportUpkeep.run({ nowMs: NOW_MS, heartbeatRetentionDays: 90, dailyRetentionDays: 90 });
      for (const timestamp of ['2026-01-31T23:59:59.999Z', '2026-02-01T00:00:00.000Z'])
        await database.received.addHeartbeat(buildHeartbeat(timestamp), arrival());
      for (const date of ['2026-01-31', '2026-02-01'])
        await database.received.addDaily(buildDaily(date), { ...arrival(), revision: 1 });
      const range = { from: '2026-01-31', to: '2026-02-01', customerId: undefined };
      const { days } = await database.reportReadings.overview(range);
      expect(days).toMatchObject([
        { date: '2026-01-31', heartbeats: 1, customers: 1 },
        { date: '2026-02-01', heartbeats: 1, customers: 1 },
      ]);
      expect((await database.reportReadings.dailyLines(range, 1)).map(({ date }) => date)).toEqual([
        '2026-01-31',
      ]);
      const parts = await postgres.query(`
      SELECT tableoid::regclass::text AS part FROM sotto_vendor.heartbeats
      UNION ALL SELECT tableoid::regclass::text FROM sotto_vendor.daily_reports ORDER BY part`);
      expect(parts.map(({ part }) => part)).toEqual([
        'sotto_vendor.daily_reports_2026_01',
        'sotto_vendor.daily_reports_2026_02',
        'sotto_vendor.heartbeats_2026_01',
        'sotto_vendor.heartbeats_2026_02',
      ]);
    },
  );
});
