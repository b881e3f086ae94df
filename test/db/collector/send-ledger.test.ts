import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Lease, ReportId, SendLedger, SendOutcome } from '../../../src/server/db/collector/index.js';
import { openDatabase } from '../../../src/server/db/index.js';
import { SentReportsSchema } from '../../../src/server/wire/reports/index.js';
import { DATABASE_KINDS, openTestDatabase, type TestDatabase } from '../../support/databases.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const DAY_START_MS = Date.parse('2026-01-10T00:00:00Z');
const DAILY: ReportId = { kind: 'daily', periodStartMs: DAY_START_MS, revision: 1 };
const HEARTBEAT: ReportId = { kind: 'heartbeat', periodStartMs: DAY_START_MS + 300_000, revision: 1 };
/** In an order that sorting would change. */
const BODY = '{"customer_id":"acme","b":1,"a":[1.0,null]}';

describe.each(DATABASE_KINDS)('the ledger of sends on %s', (kind) => {
  let test: TestDatabase;
  let ledger: SendLedger;
  beforeAll(async () => {
    test = await openTestDatabase(kind);
    ledger = test.database.sends;
  });
  afterAll(() => test.close());
  beforeEach(() =>
    test.query(
      'TRUNCATE sotto_collector.sends, sotto_collector.reports, sotto_collector.lease, sotto_collector.installation',
    ),
  );

  const takeLease = async (): Promise<Lease> => (await ledger.takeLease(randomUUID(), 60_000)) as Lease;
  const runOut = () =>
    test.query(`UPDATE sotto_collector.lease SET expires_at = now() - interval '1 second'`);
  /** Of what is known of the report at this moment. */
  const begin = async (lease: Lease, report: ReportId, body: string) =>
    ledger.begin(lease, report, await ledger.readKey(report), body);
  async function send(lease: Lease, report: ReportId, outcome: SendOutcome, body = BODY) {
    const line = await begin(lease, report, body);
    const isAccepted = outcome === 'accepted' || outcome === 'duplicate';
    const state = isAccepted ? 'accepted' : outcome === 'refused' ? 'refused' : 'open';
    await ledger.finish(lease, line?.sendId ?? 0, { outcome, httpStatus: 200, state });
    return line;
  }

  describe('its lease', () => {
    it('goes to one of ten that try at once', async () => {
      const taken = await Promise.all(
        Array.from({ length: 10 }, () => ledger.takeLease(randomUUID(), 60_000)),
      );
      expect(taken.filter((lease) => lease !== undefined)).toHaveLength(1);
    });

    it('is kept by its holder with the same fence, and taken with a greater one when it has run out', async () => {
      const first = await takeLease();
      expect(await ledger.takeLease(first.holder, 60_000)).toEqual(first);
      expect(await ledger.takeLease(randomUUID(), 60_000)).toBeUndefined();
      await runOut();
      const second = await takeLease();
      expect(second.fence).toBeGreaterThan(first.fence);
      expect(await ledger.takeLease(first.holder, 60_000)).toBeUndefined();
    });

    it('is kept with the same fence by a holder that comes late, when nobody else has come', async () => {
      const first = await takeLease();
      await runOut();
      expect(await ledger.takeLease(first.holder, 60_000)).toEqual(first);
    });

    it('is taken when it ends later than a lease can, as the clock was ahead; and not by a clock that was set back a little', async () => {
      const first = await takeLease();
      const endIn = (duration: string) =>
        test.query(
          `UPDATE sotto_collector.lease SET expires_at = clock_timestamp() + interval '${duration}'`,
        );
      await endIn('110 seconds');
      expect(await ledger.takeLease(randomUUID(), 60_000)).toBeUndefined();
      await endIn('1 year');
      const second = await takeLease();
      expect(second.fence).toBeGreaterThan(first.fence);
      expect(await ledger.takeLease(randomUUID(), 60_000)).toBeUndefined();
    });

    it('is free once it was given back, and not given back by a former holder', async () => {
      const first = await takeLease();
      await ledger.releaseLease(first);
      const second = await takeLease();
      expect(second.fence).toBeGreaterThan(first.fence);
      await ledger.releaseLease(first);
      expect(await ledger.takeLease(randomUUID(), 60_000)).toBeUndefined();
    });

    it('lets a former holder write nothing', async () => {
      const former = await takeLease();
      const line = await begin(former, DAILY, BODY);
      await runOut();
      const lease = await takeLease();
      expect(await begin(former, HEARTBEAT, BODY)).toBeUndefined();
      expect(await ledger.skip(former, { ...DAILY, periodStartMs: 0 })).toBe(false);
      const end = { outcome: 'accepted', httpStatus: 200, state: 'accepted' } as const;
      expect(await ledger.finish(former, line?.sendId ?? 0, end)).toBe(false);
      expect(await test.query('SELECT kind, state FROM sotto_collector.reports')).toEqual([
        { kind: 'daily', state: 'open' },
      ]);
      expect((await begin(lease, DAILY, BODY))?.idempotencyKey).toBe(line?.idempotencyKey);
    });

    it('that has run out or was given back begins nothing', async () => {
      const lease = await takeLease();
      await runOut();
      expect(await begin(lease, DAILY, BODY)).toBeUndefined();
      await ledger.takeLease(lease.holder, 60_000);
      await ledger.releaseLease(lease);
      expect(await begin(lease, DAILY, BODY)).toBeUndefined();
      expect(await test.query('SELECT kind FROM sotto_collector.sends')).toEqual([]);
    });
  });

  describe('its reports', () => {
    it('keep their key over every attempt, and are not begun again once they are accepted', async () => {
      const lease = await takeLease();
      const first = await send(lease, DAILY, 'unknown');
      const second = await send(lease, DAILY, 'accepted');
      expect(first?.idempotencyKey).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
      expect(second?.idempotencyKey).toBe(first?.idempotencyKey);
      expect(second?.sendId).not.toBe(first?.sendId);
      expect(await begin(lease, DAILY, BODY)).toBeUndefined();
      expect(await ledger.readLastAcceptedDate()).toBe('2026-01-10');
    });

    it('have a line before anything is sent, which stays open while nobody ends it', async () => {
      const lease = await takeLease();
      await begin(lease, DAILY, BODY);
      expect(await ledger.readDays(DAY_START_MS)).toMatchObject([
        { dateUtc: '2026-01-10', revision: 1, state: 'open', isCorrection: false },
      ]);
      expect(await ledger.sent(10)).toHaveLength(1);
    });

    it('are settled when nobody is counted', async () => {
      const lease = await takeLease();
      expect(await ledger.skip(lease, DAILY)).toBe(true);
      expect(await ledger.skip(lease, DAILY)).toBe(false);
      expect(await begin(lease, DAILY, BODY)).toBeUndefined();
      expect(await ledger.readDays(DAY_START_MS)).toMatchObject([{ state: 'skipped' }]);
    });

    it('say for when the last heartbeat was noted, also when the clock has gone back since', async () => {
      const lease = await takeLease();
      expect(await ledger.readLastHeartbeatMs()).toBeUndefined();
      await send(lease, { ...HEARTBEAT, periodStartMs: DAY_START_MS + 1_234 }, 'accepted');
      await send(lease, { ...HEARTBEAT, periodStartMs: DAY_START_MS + 1_123 }, 'not_sent');
      expect(await ledger.readLastHeartbeatMs()).toBe(DAY_START_MS + 1_123);
    });
  });

  describe('a correction', () => {
    it('is one revision more than what was accepted, with a key of its own', async () => {
      const lease = await takeLease();
      const first = await send(lease, DAILY, 'accepted');
      const corrected = await ledger.requestCorrection(DAY_START_MS);
      expect(corrected).toEqual({ ...DAILY, revision: 2 });
      expect(await ledger.requestCorrection(DAY_START_MS)).toEqual(corrected);
      const second = await send(lease, corrected, 'accepted');
      expect(second?.idempotencyKey).not.toBe(first?.idempotencyKey);
      expect(await ledger.requestCorrection(DAY_START_MS)).toEqual({ ...DAILY, revision: 3 });
    });

    it('of a day that has not left is the report itself, with another key than whoever makes it now has read', async () => {
      const lease = await takeLease();
      expect(await ledger.requestCorrection(DAY_START_MS)).toEqual(DAILY);
      await send(lease, DAILY, 'not_sent');
      const before = await ledger.readKey(DAILY);
      expect(await ledger.requestCorrection(DAY_START_MS)).toEqual(DAILY);
      expect(await ledger.begin(lease, DAILY, before, BODY)).toBeUndefined();
      expect(await begin(lease, DAILY, BODY)).toMatchObject({
        idempotencyKey: expect.not.stringMatching(String(before)),
      });
    });

    it('of a day that nothing is noted of stops whoever makes its report now', async () => {
      const lease = await takeLease();
      const before = await ledger.readKey(DAILY);
      expect(before).toBeUndefined();
      await ledger.requestCorrection(DAY_START_MS);
      expect(await ledger.begin(lease, DAILY, before, BODY)).toBeUndefined();
      expect(await begin(lease, DAILY, BODY)).toBeDefined();
    });

    it('of a refused day is the report itself, with another key', async () => {
      const lease = await takeLease();
      const refused = await send(lease, DAILY, 'refused');
      expect(await ledger.requestCorrection(DAY_START_MS)).toEqual(DAILY);
      const again = await send(lease, DAILY, 'accepted');
      expect(again?.idempotencyKey).not.toBe(refused?.idempotencyKey);
    });

    it.each(['unknown', undefined] as const)(
      'of a day that the vendor may have (%s) is the next revision, after that one is settled with its key',
      async (outcome) => {
        const lease = await takeLease();
        const first = outcome ? await send(lease, DAILY, outcome) : await begin(lease, DAILY, BODY);
        expect(await ledger.requestCorrection(DAY_START_MS)).toEqual({ ...DAILY, revision: 2 });
        expect(await ledger.requestCorrection(DAY_START_MS)).toEqual({ ...DAILY, revision: 2 });
        // However old the day is by then.
        const later = DAY_START_MS + 100 * DAY_MS;
        expect(await ledger.readDays(later)).toMatchObject([
          { revision: 1, state: 'open', isCorrection: true },
        ]);
        const settled = await send(lease, DAILY, 'duplicate');
        expect(settled?.idempotencyKey).toBe(first?.idempotencyKey);
        expect(await ledger.readDays(later)).toMatchObject([
          { revision: 2, state: 'open', isCorrection: true },
        ]);
        const second = await send(lease, { ...DAILY, revision: 2 }, 'accepted');
        expect(second?.idempotencyKey).not.toBe(first?.idempotencyKey);
        expect(await ledger.readDays(later)).toEqual([]);
        expect(await ledger.readDays(DAY_START_MS)).toMatchObject([{ revision: 2, state: 'accepted' }]);
      },
    );

    it('of a day that the vendor may have, and of which nobody was counted since, is the next revision too', async () => {
      const lease = await takeLease();
      const first = await send(lease, DAILY, 'unknown');
      await ledger.skip(lease, DAILY);
      expect(await ledger.requestCorrection(DAY_START_MS)).toEqual({ ...DAILY, revision: 2 });
      expect((await begin(lease, DAILY, BODY))?.idempotencyKey).toBe(first?.idempotencyKey);
    });

    it('is among the days to look at, however old, until it is settled', async () => {
      await ledger.requestCorrection(DAY_START_MS);
      const later = DAY_START_MS + 100 * DAY_MS;
      expect(await ledger.readDays(later)).toMatchObject([{ dateUtc: '2026-01-10', isCorrection: true }]);
      await send(await takeLease(), DAILY, 'accepted');
      expect(await ledger.readDays(later)).toEqual([]);
    });
  });

  describe('what was sent', () => {
    it('is told with the very bytes, newest first, and without what has not left', async () => {
      const lease = await takeLease();
      await send(lease, DAILY, 'withheld');
      await send(lease, DAILY, 'not_sent');
      await send(lease, DAILY, 'unknown', '{"customer_id":"acme","n":1}');
      await send(lease, DAILY, 'accepted');
      await send(lease, HEARTBEAT, 'refused', '{"n":3}');
      await begin(lease, { ...HEARTBEAT, periodStartMs: DAY_START_MS }, '{"n":4}');
      const reports = await ledger.sent(10);
      expect(reports.map(({ payload }) => JSON.stringify(payload))).toEqual([
        '{"n":4}',
        '{"n":3}',
        '{"customer_id":"acme","b":1,"a":[1,null]}',
        '{"customer_id":"acme","n":1}',
      ]);
      expect(reports.map(({ period_start }) => period_start)).toEqual([
        '2026-01-10T00:00:00.000000Z',
        '2026-01-10T00:05:00.000000Z',
        '2026-01-10T00:00:00.000000Z',
        '2026-01-10T00:00:00.000000Z',
      ]);
      expect(SentReportsSchema.parse({ reports })).toEqual({ reports });
      const [line] = await test.query(
        `SELECT payload::text FROM sotto_collector.sends WHERE kind = 'daily' AND outcome = 'accepted'`,
      );
      expect(line?.payload).toBe(BODY);
    });

    it('leaves out what the vendor has as an earlier attempt said it', async () => {
      const lease = await takeLease();
      await send(lease, DAILY, 'unknown', '{"n":1}');
      await send(lease, DAILY, 'duplicate', '{"n":2}');
      expect((await ledger.sent(10)).map(({ payload }) => JSON.stringify(payload))).toEqual(['{"n":1}']);
      expect(await test.query('SELECT outcome FROM sotto_collector.sends ORDER BY send_id')).toEqual([
        { outcome: 'unknown' },
        { outcome: 'duplicate' },
      ]);
      expect(await ledger.readLastAcceptedDate()).toBe('2026-01-10');
    });

    it('shows the daily report beside many heartbeats that came later', async () => {
      const lease = await takeLease();
      await send(lease, DAILY, 'accepted');
      for (const n of [1, 2, 3])
        await send(lease, { ...HEARTBEAT, periodStartMs: DAY_START_MS + n }, 'accepted');
      expect((await ledger.sent(2)).map(({ kind }) => kind)).toEqual(['heartbeat', 'heartbeat', 'daily']);
    });

    it('is kept when it is daily, and forgotten after 30 days when it is a heartbeat', async () => {
      const lease = await takeLease();
      await send(lease, DAILY, 'accepted');
      await send(lease, HEARTBEAT, 'accepted');
      await test.query(`UPDATE sotto_collector.reports SET noted_at = now() - interval '30 days 1 minute'`);
      await send(lease, { ...HEARTBEAT, periodStartMs: DAY_START_MS + 2 }, 'accepted');
      await test.query(`UPDATE sotto_collector.reports SET noted_at = now() - interval '29 days 23 hours'
                        WHERE noted_at > now() - interval '1 day'`);
      await send(lease, { ...HEARTBEAT, periodStartMs: DAY_START_MS + 1 }, 'accepted');
      expect((await ledger.sent(10)).map(({ kind, period_start }) => [kind, period_start])).toEqual([
        ['heartbeat', '2026-01-10T00:00:00.001000Z'],
        ['heartbeat', '2026-01-10T00:00:00.002000Z'],
        ['daily', '2026-01-10T00:00:00.000000Z'],
      ]);
    });
  });

  it('keeps the first start and the seed of the installation', async () => {
    const first = await ledger.register(DAY_START_MS + 789);
    expect(first.firstStartedAtMs).toBe(DAY_START_MS + 789);
    expect(first.jitterSeed).toMatch(/^[0-9a-f-]{36}$/);
    expect(await ledger.register(DAY_START_MS + DAY_MS)).toEqual(first);
  });

  it('takes an earlier start for the first one: the clock was ahead before', async () => {
    const ahead = await ledger.register(DAY_START_MS + 365 * DAY_MS);
    const first = { ...ahead, firstStartedAtMs: DAY_START_MS };
    expect(await ledger.register(DAY_START_MS)).toEqual(first);
    expect(await ledger.register(DAY_START_MS + DAY_MS)).toEqual(first);
  });
});

it('writes also as a role whose transactions only read unless they say otherwise', async () => {
  const test = await openTestDatabase('postgresql');
  await using _closing = { [Symbol.asyncDispose]: test.close };
  const url = String(test.postgres?.url);
  await test.query(`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET default_transaction_read_only = on`);
  await using database = await openDatabase({ url, areas: ['collector'] });
  const ledger = database.sends;
  await ledger.register(DAY_START_MS);
  const lease = (await ledger.takeLease(randomUUID(), 60_000)) as Lease;
  const line = await ledger.begin(lease, DAILY, undefined, BODY);
  const end = { outcome: 'accepted', httpStatus: 200, state: 'accepted' } as const;
  expect(await ledger.finish(lease, line?.sendId ?? 0, end)).toBe(true);
  expect(await ledger.skip(lease, { ...DAILY, periodStartMs: 0 })).toBe(true);
  expect(await ledger.requestCorrection(DAY_START_MS)).toMatchObject({ revision: 2 });
  await ledger.releaseLease(lease);
  expect(await ledger.takeLease(randomUUID(), 60_000)).toBeDefined();
});
