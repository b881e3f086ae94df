import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../../src/server/db/index.js';
import type { Log } from '../../../../src/server/observe/index.js';
import { startServer } from '../../../../src/server/serve/index.js';
import { createVendor } from '../../../../src/server/vendor/index.js';
import { VENDOR_PATHS } from '../../../../src/server/wire/index.js';
import { createPostgres, type TestPostgres } from '../../../support/postgres.js';
import { buildDaily, buildHeartbeat } from '../../../support/reports.js';
import { post } from './support.js';

const DAY_MS = 86_400_000;
const yesterday = () => new Date(Date.now() - DAY_MS).toISOString().slice(0, 10);
const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} };

describe('the role vendor', () => {
  let postgres: TestPostgres;
  let key: string;
  beforeAll(async () => {
    postgres = await createPostgres();
    await using database = await openDatabase({ url: postgres.url, areas: ['vendor'] });
    ({ text: key } = await database.licenses.create({
      customerId: 'extend',
      customerName: 'Extend',
      entitlements: { max_teams: -1, max_runs_per_month: -1, features: [] },
    }));
  });
  afterAll(() => postgres.drop());

  const start = () =>
    startServer({
      roles: ['vendor'],
      services: { databaseUrl: postgres.url, vendorReadKey: undefined },
      port: 0,
    });

  it('takes a report once, whichever of its processes is asked, and after a restart too', async () => {
    const report = buildDaily(yesterday());
    const headers = { 'idempotency-key': randomUUID() };
    const statuses: unknown[] = [];
    {
      await using first = await start();
      await using second = await start();
      for (const server of [first, second])
        statuses.push((await post(server, VENDOR_PATHS.analytics, key, report, headers)).body);
    }
    await using again = await start();
    statuses.push((await post(again, VENDOR_PATHS.analytics, key, report, headers)).body);
    statuses.push((await post(again, VENDOR_PATHS.analytics, key, report)).body);
    expect(statuses).toMatchObject(
      ['accepted', 'duplicate', 'duplicate', 'duplicate'].map((status) => ({ status })),
    );
    expect(await postgres.query('SELECT * FROM sotto_vendor.daily_reports')).toHaveLength(1);
  });

  it('answers collectors and whoever watches over it, and nothing that nobody gave a key for', async () => {
    await using server = await start();
    await post(server, VENDOR_PATHS.heartbeat, key, buildHeartbeat(new Date().toISOString()));
    const figures = await (await fetch(`${server.url}/metrics`)).text();
    expect(figures).toContain('sotto_vendor_requests_total{route="heartbeat",outcome="accepted"} 1');
    expect(figures).not.toContain('extend');
    const ready = (await (await fetch(`${server.url}/ready`)).json()) as { parts: unknown };
    expect(ready).toMatchObject({ parts: { reports: { status: 'ok' } } });
    expect((await fetch(`${server.url}/api/v1/vendor/customers`)).status).toBe(404);
  });

  it('shows each figure once beside the role ingest', async () => {
    await using server = await startServer({
      roles: ['vendor', 'ingest'],
      services: { databaseUrl: postgres.url },
      port: 0,
    });
    const figures = await (await fetch(`${server.url}/metrics`)).text();
    const names = [...figures.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    expect(names).toEqual([...new Set(names)]);
    expect(names).toEqual(
      expect.arrayContaining(['sotto_events_upkeep_total', 'sotto_reports_upkeep_total']),
    );
  });
});

/** Pauses that last until they are given up, and when the first of them begins. */
function createPause() {
  let begin = () => {};
  const isAsleep = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const pause = (_durationMs: number, signal: AbortSignal): Promise<void> => {
    begin();
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
  };
  return { pause, isAsleep };
}

describe('the vendor service', () => {
  it('keeps its tables in order from the start, and ends while it sleeps', async () => {
    await using postgres = await createPostgres();
    await using database = await openDatabase({ url: postgres.url, areas: ['vendor'] });
    const nowMs = Date.UTC(2026, 0, 11);
    await postgres.query(
      `INSERT INTO sotto_vendor.request_limits (key, expire) VALUES ('old', ${nowMs - 3_600_001}), ('kept', ${nowMs - 1})`,
    );
    const { pause, isAsleep } = createPause();
    const vendor = createVendor({
      database,
      retention: { heartbeatRetentionDays: 90, dailyRetentionDays: 1_095 },
      log: SILENT,
      now: () => nowMs,
      pause,
    });
    vendor.start();
    await isAsleep;
    expect(await vendor.health[0]?.read()).toEqual({
      status: 'ok',
      details: { last_upkeep_at: '2026-01-11T00:00:00.000Z' },
    });
    expect(
      await postgres.query(`SELECT to_regclass('sotto_vendor.heartbeats_2026_01') IS NOT NULL AS made`),
    ).toEqual([{ made: true }]);
    expect(await postgres.query('SELECT key FROM sotto_vendor.request_limits')).toEqual([{ key: 'kept' }]);
    await vendor.stop();
    await vendor.stop();
  });

  it('says that it is degraded while its tables cannot be kept in order', async () => {
    await using postgres = await createPostgres();
    const database = await openDatabase({ url: postgres.url, areas: ['vendor'] });
    const told: string[] = [];
    await postgres.query('ALTER TABLE sotto_vendor.heartbeats RENAME TO elsewhere');
    const { pause, isAsleep } = createPause();
    const vendor = createVendor({
      database,
      retention: { heartbeatRetentionDays: 90, dailyRetentionDays: 1_095 },
      log: { ...SILENT, warn: (event) => void told.push(event) },
      pause,
    });
    vendor.start();
    await isAsleep;
    expect(await vendor.health[0]?.read()).toEqual({ status: 'degraded', details: { last_upkeep_at: null } });
    expect(told).toEqual(['reports_upkeep_failed']);
    await vendor.stop();
    await database.close();
  });
});
