import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Arrival, ReceivedReports } from '../../../src/server/db/vendor/index.js';
import { DATABASE_KINDS, openTestDatabase, type TestDatabase } from '../../support/databases.js';
import { buildDaily, buildHeartbeat } from '../../support/reports.js';

const NOON = '2026-01-11T12:00:00.000Z';
const arrival = (changes: Partial<Arrival> = {}): Arrival => ({
  idempotencyKey: randomUUID(),
  receivedAtMs: Date.parse(NOON),
  isTimely: true,
  ...changes,
});
const daily = (revision = 1, changes: Partial<Arrival> = {}) => ({ ...arrival(changes), revision });
const DAY = '2026-01-10';

describe.each(DATABASE_KINDS)('received reports in %s', (kind) => {
  let test: TestDatabase;
  let received: ReceivedReports;
  beforeAll(async () => {
    test = await openTestDatabase(kind);
    received = test.database.received;
  });
  afterAll(() => test.close());
  beforeEach(() =>
    test.query(
      'TRUNCATE sotto_vendor.heartbeats, sotto_vendor.heartbeat_days, sotto_vendor.daily_reports, sotto_vendor.report_keys',
    ),
  );

  const rows = (table: string) => test.query(`SELECT * FROM sotto_vendor.${table}`);

  describe('a heartbeat', () => {
    it('is kept to the microsecond, with nothing beside its numbers', async () => {
      const report = buildHeartbeat('2026-01-11T11:59:59.123456Z', { avg_duration_seconds: null });
      expect(await received.addHeartbeat(report, arrival())).toEqual({ status: 'accepted' });
      const [row] = await test.query(
        `SELECT *, to_char(sent_at AT TIME ZONE 'UTC', 'HH24:MI:SS.US') AS sent FROM sotto_vendor.heartbeats`,
      );
      expect(row).toMatchObject({
        customer_id: 'extend',
        sent: '11:59:59.123456',
        avg_duration_seconds: null,
      });
      expect(Object.keys(row ?? {}).sort()).toEqual(
        ['customer_id', 'sent', 'sent_at', 'received_at', ...Object.keys(report.metrics)].sort(),
      );
    });

    it('counts once by its key, and by its customer and time', async () => {
      const report = buildHeartbeat(NOON);
      const first = arrival();
      expect(await received.addHeartbeat(report, first)).toEqual({ status: 'accepted' });
      expect(await received.addHeartbeat(report, first)).toEqual({ status: 'duplicate', isSame: true });
      expect(await received.addHeartbeat(report, arrival())).toEqual({ status: 'duplicate', isSame: true });
      expect(await received.addHeartbeat(buildHeartbeat(NOON, {}, 'other'), arrival())).toEqual({
        status: 'accepted',
      });
      expect(await rows('heartbeats')).toHaveLength(2);
    });

    it.each([
      ['a count', { active_teams_today: 2 }],
      ['a duration', { avg_duration_seconds: 45.4 }],
      ['no duration', { avg_duration_seconds: null }],
    ])('that says something else than the one that was accepted is told so: %s', async (_, change) => {
      const first = arrival();
      await received.addHeartbeat(buildHeartbeat(NOON), first);
      for (const again of [first, arrival()])
        expect(await received.addHeartbeat(buildHeartbeat(NOON, change), again)).toEqual({
          status: 'duplicate',
          isSame: false,
        });
      expect(await rows('heartbeats')).toMatchObject([{ avg_duration_seconds: 45.3 }]);
    });

    it('without a duration says the same as itself, and one that was forgotten is not compared', async () => {
      const report = buildHeartbeat(NOON, { avg_duration_seconds: null });
      const one = arrival();
      await received.addHeartbeat(report, one);
      expect(await received.addHeartbeat(report, one)).toEqual({ status: 'duplicate', isSame: true });
      await test.query('TRUNCATE sotto_vendor.heartbeats');
      expect(await received.addHeartbeat(buildHeartbeat(NOON), one)).toEqual({
        status: 'duplicate',
        isSame: true,
      });
    });

    it('is refused under a key of another report', async () => {
      const used = arrival();
      await received.addHeartbeat(buildHeartbeat(NOON), used);
      const others = [
        received.addHeartbeat(buildHeartbeat('2026-01-11T12:05:00.000Z'), used),
        received.addHeartbeat(buildHeartbeat(NOON, {}, 'other'), used),
        received.addDaily(buildDaily(DAY), { ...used, revision: 1 }),
      ];
      expect(await Promise.all(others)).toEqual(others.map(() => ({ status: 'key_used' })));
      expect(await rows('heartbeats')).toHaveLength(1);
      expect(await rows('daily_reports')).toHaveLength(0);
    });

    it('that is too old is refused, unless it was accepted before', async () => {
      const accepted = arrival();
      await received.addHeartbeat(buildHeartbeat(NOON), accepted);
      expect(await received.addHeartbeat(buildHeartbeat(NOON), { ...accepted, isTimely: false })).toEqual({
        status: 'duplicate',
        isSame: true,
      });
      const late = buildHeartbeat('2026-01-11T11:00:00.000Z');
      expect(await received.addHeartbeat(late, arrival({ isTimely: false }))).toEqual({ status: 'stale' });
      expect(await rows('heartbeats')).toHaveLength(1);
      expect(await rows('report_keys')).toHaveLength(1);
    });

    it('adds to its UTC day, in whatever order they come', async () => {
      const beats = [
        ['2026-01-11T23:59:59.999Z', 70],
        ['2026-01-11T00:00:00.000Z', 1],
        ['2026-01-11T18:00:00.000Z', 90],
        ['2026-01-12T00:00:00.000Z', 0],
      ] as const;
      for (const [timestamp, runs_today] of beats) {
        const report = buildHeartbeat(timestamp, {
          runs_today,
          successful_runs_today: 0,
          failed_runs_today: 0,
        });
        await received.addHeartbeat(report, arrival());
        await received.addHeartbeat(report, arrival());
      }
      const days = await test.query(`
        SELECT to_char(date, 'YYYY-MM-DD') AS date, heartbeats::integer, last_runs_today::integer, max_runs_today::integer,
               to_char(last_sent_at AT TIME ZONE 'UTC', 'HH24:MI') AS last
        FROM sotto_vendor.heartbeat_days ORDER BY date`);
      expect(days).toEqual([
        { date: '2026-01-11', heartbeats: 3, last_runs_today: 70, max_runs_today: 90, last: '23:59' },
        { date: '2026-01-12', heartbeats: 1, last_runs_today: 0, max_runs_today: 0, last: '00:00' },
      ]);
    });
  });

  describe('a daily report', () => {
    it('counts once, though twenty of it come at once', async () => {
      const results = await Promise.all(
        Array.from({ length: 20 }, () => received.addDaily(buildDaily(DAY), daily())),
      );
      expect(results.filter(({ status }) => status === 'accepted')).toHaveLength(1);
      expect(results.filter(({ status }) => status === 'duplicate')).toHaveLength(19);
      expect(await rows('daily_reports')).toHaveLength(1);
      expect(await rows('report_keys')).toHaveLength(1);
    });

    it('counts once, though twenty attempts of one key come at once', async () => {
      const one = daily();
      const results = await Promise.all(
        Array.from({ length: 20 }, () => received.addDaily(buildDaily(DAY), one)),
      );
      expect(results.filter(({ status }) => status === 'accepted')).toHaveLength(1);
      expect(results.filter(({ status }) => status === 'duplicate')).toHaveLength(19);
    });

    it('is kept under a key, or not at all, though twenty days come under one key at once', async () => {
      const one = daily();
      const dates = Array.from({ length: 20 }, (_, index) => `2026-01-${String(index + 1).padStart(2, '0')}`);
      const results = await Promise.all(dates.map((date) => received.addDaily(buildDaily(date), one)));
      expect(results.filter(({ status }) => status === 'accepted')).toHaveLength(1);
      expect(results.filter(({ status }) => status === 'key_used')).toHaveLength(19);
      expect(await rows('daily_reports')).toHaveLength(1);
    });

    it('stays as it was accepted first, whatever another process counted', async () => {
      await received.addDaily(buildDaily(DAY), daily());
      const other = buildDaily(DAY, { successful_runs: 100 });
      expect(await received.addDaily(other, daily())).toEqual({ status: 'duplicate', isSame: false });
      expect(await received.addDaily(buildDaily(DAY), daily())).toEqual({
        status: 'duplicate',
        isSame: true,
      });
      expect(await rows('daily_reports')).toMatchObject([{ revision: 1, superseded_at: null }]);
    });

    it('of a key that was used is compared with what that key brought', async () => {
      const [first, second] = [daily(1), daily(2)];
      const corrected = buildDaily(DAY, { successful_runs: 141 });
      await received.addDaily(buildDaily(DAY), first);
      await received.addDaily(corrected, second);
      const same = { status: 'duplicate', isSame: true };
      expect(await received.addDaily(buildDaily(DAY), first)).toEqual(same);
      expect(await received.addDaily(corrected, second)).toEqual(same);
      const different = { status: 'duplicate', isSame: false };
      expect(await received.addDaily(corrected, first)).toEqual(different);
      expect(await received.addDaily(buildDaily(DAY), { ...second, isTimely: false })).toEqual(different);
      await test.query('TRUNCATE sotto_vendor.daily_reports');
      expect(await received.addDaily(corrected, first)).toEqual(same);
    });

    it('is superseded by the next revision, and by no other', async () => {
      const [first, second, third] = [142, 141, 140].map((successful_runs) =>
        buildDaily(DAY, { successful_runs }),
      );
      if (!first || !second || !third) throw new Error('Three reports were made.');
      expect(await received.addDaily(second, daily(2))).toEqual({ status: 'out_of_order', lastRevision: 0 });
      await received.addDaily(first, daily(1));
      expect(await received.addDaily(third, daily(3))).toEqual({ status: 'out_of_order', lastRevision: 1 });
      expect(await received.addDaily(second, daily(2))).toEqual({ status: 'accepted' });
      expect(await received.addDaily(third, daily(1))).toEqual({ status: 'out_of_order', lastRevision: 2 });
      expect(await received.addDaily(first, daily(1))).toEqual({ status: 'duplicate', isSame: true });
      expect(
        await test.query(`
          SELECT revision, successful_runs::integer AS runs, superseded_at IS NULL AS counts
          FROM sotto_vendor.daily_reports ORDER BY revision`),
      ).toEqual([
        { revision: 1, runs: 142, counts: false },
        { revision: 2, runs: 141, counts: true },
      ]);
    });

    it('has one revision that counts, though twenty corrections come at once', async () => {
      await received.addDaily(buildDaily(DAY), daily());
      const corrections = Array.from({ length: 20 }, (_, index) =>
        received.addDaily(buildDaily(DAY, { successful_runs: index }), daily(2)),
      );
      const results = await Promise.all(corrections);
      expect(results.filter(({ status }) => status === 'accepted')).toHaveLength(1);
      expect(
        await test.query('SELECT revision FROM sotto_vendor.daily_reports WHERE superseded_at IS NULL'),
      ).toEqual([{ revision: 2 }]);
    });

    it('is refused under a key of another day, customer or revision', async () => {
      const used = daily();
      await received.addDaily(buildDaily(DAY), used);
      const others = [
        received.addDaily(buildDaily('2026-01-09'), used),
        received.addDaily(buildDaily(DAY, {}, 'other'), used),
        received.addDaily(buildDaily(DAY), { ...used, revision: 2 }),
        received.addHeartbeat(buildHeartbeat(NOON), used),
      ];
      expect(await Promise.all(others)).toEqual(others.map(() => ({ status: 'key_used' })));
    });

    it('that is too old is refused, unless it was accepted before', async () => {
      const accepted = daily();
      await received.addDaily(buildDaily(DAY), accepted);
      expect(await received.addDaily(buildDaily(DAY), { ...accepted, isTimely: false })).toMatchObject({
        status: 'duplicate',
      });
      expect(await received.addDaily(buildDaily(DAY), daily(2, { isTimely: false }))).toEqual({
        status: 'stale',
      });
    });
  });
});
