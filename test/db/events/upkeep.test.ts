import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DATABASE_KINDS, openTestDatabase, type TestDatabase } from '../../support/databases.js';
import { buildStored } from '../../unit/server/ingest/build-event.js';

const NOW_MS = Date.parse('2026-11-22T12:34:56Z');
const RETENTION = { nowMs: NOW_MS, retentionDays: 365 };

const PARTS = `SELECT relname AS part FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
  WHERE inhparent = 'sotto_vendor.ingest_events'::regclass ORDER BY relname`;

describe.each(DATABASE_KINDS)('the upkeep of events in %s', (kind) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await openTestDatabase(kind);
  }, 60_000);
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.query('TRUNCATE sotto_vendor.ingest_events');
    for (const part of await readParts())
      if (part !== 'other') await test.query(`DROP TABLE sotto_vendor.ingest_events_${part}`);
  });

  async function readParts(): Promise<readonly string[]> {
    return (await test.query(PARTS)).map(({ part }) => String(part).slice('ingest_events_'.length));
  }

  /** Where each event stands, by its name. */
  async function readPlaces(): Promise<Readonly<Record<string, string>>> {
    const rows = await test.query(
      `SELECT event, replace(tableoid::regclass::text, 'sotto_vendor.ingest_events_', '') AS part FROM sotto_vendor.ingest_events`,
    );
    return Object.fromEntries(rows.map(({ event, part }) => [String(event), String(part)]));
  }

  const keepUp = (options = RETENTION) => test.database.eventUpkeep.run(options);
  const at = (timestamp: string, receivedAtMs = NOW_MS) =>
    buildStored({ event: timestamp, timestamp, receivedAtMs });
  const counts = () => test.database.events.counts();

  it('makes parts for this month and the next two, once', async () => {
    expect(await keepUp()).toEqual({ partsMade: 3, partsDropped: 0, rowsDeleted: 0 });
    expect(await readParts()).toEqual(['2026_11', '2026_12', '2027_01', 'other']);
    expect(await keepUp()).toEqual({ partsMade: 0, partsDropped: 0, rowsDeleted: 0 });
  });

  it('makes parts for months whose events came before them, and moves those there', async () => {
    const times = [
      '2026-10-31T23:59:59.999Z',
      '2026-11-01T00:00:00Z',
      '2026-11-30T23:59:59-01:00',
      '2026-03-05T01:02:03Z',
    ];
    const added = times.map((time) => at(time));
    await test.database.events.add(added);
    const before = await counts();
    expect(await keepUp()).toMatchObject({ partsMade: 5, rowsDeleted: 0 });
    expect(await readPlaces()).toEqual({
      '2026-10-31T23:59:59.999Z': '2026_10',
      '2026-11-01T00:00:00Z': '2026_11',
      '2026-11-30T23:59:59-01:00': '2026_12',
      '2026-03-05T01:02:03Z': '2026_03',
    });
    expect(await counts()).toEqual(before);
    expect((await test.database.events.list({ limit: 10 })).events).toEqual(added);
    expect(await test.database.events.add(added)).toEqual({ accepted: 0, duplicates: 4 });
  });

  it('keeps apart from the months what a wrong clock says, and forgets it by the time at which it came', async () => {
    const yearAgoMs = NOW_MS - 366 * 86_400_000;
    const fresh = at('2099-01-01T00:00:00Z');
    await test.database.events.add([
      fresh,
      at('2098-01-01T00:00:00Z', yearAgoMs),
      at('9999-12-31T23:59:59Z', yearAgoMs),
    ]);
    expect(await keepUp()).toMatchObject({ partsMade: 3, rowsDeleted: 2 });
    expect((await test.database.events.list({ limit: 10 })).events).toEqual([fresh]);
    expect(await readPlaces()).toEqual({ [fresh.event]: 'other' });
  });

  it('drops whole parts that are old, deletes what else is, and counts exactly what stays', async () => {
    const kept = ['2025-11-22T00:00:00Z', '2026-06-01T00:00:00Z'].map((time) => at(time));
    const old = ['2025-11-21T23:59:59.999Z', '2025-11-02T00:00:00Z'].map((time) => at(time));
    const older = ['2025-09-30T00:00:00Z', '2025-10-01T00:00:00Z'].map((time) => at(time));
    await test.database.events.add([...kept, ...old, ...older]);
    const lastYear = { nowMs: NOW_MS - 200 * 86_400_000, retentionDays: 365 };
    await keepUp(lastYear);
    expect(await readParts()).toEqual(expect.arrayContaining(['2025_09', '2025_10', '2025_11']));
    expect(await keepUp()).toMatchObject({ partsDropped: 2, rowsDeleted: 2 });
    expect((await test.database.events.list({ limit: 10 })).events).toEqual(kept);
    const byEvent = Object.fromEntries(kept.map(({ event }) => [event, 1]));
    expect(await counts()).toEqual({ total: 2, byEvent, dropped: 0 });
    expect(await readParts()).not.toContain('2025_10');
  });

  it('counts an event that came after the part of its month was dropped, until it goes too', async () => {
    await test.database.events.add([at('2025-08-01T00:00:00Z')]);
    await keepUp({ nowMs: Date.parse('2025-08-02T00:00:00Z'), retentionDays: 365 });
    await keepUp();
    await test.database.events.add([at('2025-08-01T00:00:00Z')]);
    expect((await counts()).total).toBe(1);
    expect(await keepUp()).toMatchObject({ rowsDeleted: 1 });
    expect(await counts()).toEqual({ total: 0, byEvent: {}, dropped: 0 });
  });

  it('deletes many thousands in steps', async () => {
    const batch = Array.from({ length: 21_000 }, () => buildStored({ timestamp: '2020-01-01T00:00:00Z' }));
    await test.database.events.add(batch);
    expect(await keepUp()).toMatchObject({ rowsDeleted: 21_000 });
    expect((await counts()).total).toBe(0);
  });

  it('counts what is deleted by hand', async () => {
    await test.database.events.add([
      buildStored({ event: 'a' }),
      buildStored({ event: 'a' }),
      buildStored({ event: 'b' }),
    ]);
    await test.query(`DELETE FROM sotto_vendor.ingest_events WHERE event = 'b'`);
    expect(await counts()).toEqual({ total: 2, byEvent: { a: 2 }, dropped: 0 });
  });
});

describe('the upkeep of events beside others', () => {
  let test: TestDatabase;
  let url: string;
  beforeAll(async () => {
    test = await openTestDatabase('postgresql');
    url = test.postgres?.url ?? '';
  });
  afterAll(() => test.close());

  it('loses and repeats nothing while many write and others keep up', async () => {
    const months = ['2026-05', '2026-08', '2026-11', '2026-12', '2027-07'];
    const batches = Array.from({ length: 60 }, (_, index) =>
      Array.from({ length: 20 }, () =>
        buildStored({ timestamp: `${months[index % 5]}-11T00:00:00Z`, receivedAtMs: NOW_MS }),
      ),
    );
    const writing = Promise.all(
      [0, 1, 2].map(async (writer) => {
        for (const batch of batches.slice(writer * 20, writer * 20 + 20)) {
          expect(await test.database.events.add(batch)).toEqual({ accepted: 20, duplicates: 0 });
          await test.database.events.list({ limit: 10 });
        }
      }),
    );
    const keeping = Promise.all([0, 1, 2].map(() => test.database.eventUpkeep.run(RETENTION)));
    await Promise.all([writing, keeping]);
    await test.database.eventUpkeep.run(RETENTION);
    expect((await test.database.events.counts()).total).toBe(1_200);
    const stored = await test.query(
      'SELECT count(*)::integer AS stored, count(DISTINCT uuid)::integer AS uuids FROM sotto_vendor.ingest_events',
    );
    expect(stored).toEqual([{ stored: 1_200, uuids: 1_200 }]);
    const waiting = await test.query(
      'SELECT count(*)::integer AS waiting FROM sotto_vendor.ingest_events_other',
    );
    expect(waiting).toEqual([{ waiting: 240 }]);
  });

  it('gives way to somebody who reads for long, and does not hold up the writers behind', async () => {
    await test.database.events.add([buildStored({ timestamp: '2026-01-01T00:00:00Z' })]);
    const reader = new pg.Client({ connectionString: url });
    await reader.connect();
    await reader.query('BEGIN; SELECT count(*) FROM sotto_vendor.ingest_events');
    const keeping = test.database.eventUpkeep.run(RETENTION);
    const writing = test.database.events.add([buildStored()]);
    await expect(keeping).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await expect(writing).resolves.toEqual({ accepted: 1, duplicates: 0 });
    await reader.query('COMMIT');
    await reader.end();
    await expect(test.database.eventUpkeep.run(RETENTION)).resolves.toMatchObject({ partsMade: 1 });
  });
});
