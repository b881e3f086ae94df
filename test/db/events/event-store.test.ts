import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createIngestApp } from '../../../src/server/ingest/index.js';
import { openTestDatabase, type TestDatabase } from '../../support/databases.js';
import { buildEvent, buildStored } from '../../unit/server/ingest/build-event.js';

/* What one suite for all stores cannot show: test/adapters/event-store.test.ts. */

describe('the event store of PostgreSQL', () => {
  let test: TestDatabase;
  let url: string;
  beforeAll(async () => {
    test = await openTestDatabase('postgresql');
    url = test.postgres?.url ?? '';
  });
  afterAll(() => test.close());
  beforeEach(() => test.query('TRUNCATE sotto_vendor.ingest_events'));

  it('lets nobody read past an event that is still being stored', async () => {
    const { events } = test.database;
    const slow = new pg.Client({ connectionString: url });
    await slow.connect();
    const [first, second] = [buildStored({ event: 'first' }), buildStored({ event: 'second' })];
    await slow.query(`
      BEGIN;
      SELECT pg_advisory_xact_lock(7311002);
      INSERT INTO sotto_vendor.ingest_events (uuid, event, distinct_id, timestamp, occurred_at, properties, received_at)
      VALUES ('${first.uuid}', 'first', 'a', '${first.timestamp}', '${first.timestamp}', '{}', now())`);
    const adding = events.add([second]);
    await expect.poll(() => test.query(WAITING), { timeout: 4_000 }).toEqual([{ waiting: 1 }]);
    expect((await events.list({ limit: 10 })).events).toEqual([]);
    await slow.query('COMMIT');
    await slow.end();
    await adding;
    expect((await events.list({ limit: 10 })).events.map(({ event }) => event)).toEqual(['first', 'second']);
  });

  it('stores thousands of events at once, in their order', async () => {
    const batch = Array.from({ length: 4_000 }, (_, index) => buildStored({ properties: { index } }));
    expect(await test.database.events.add(batch)).toEqual({ accepted: 4_000, duplicates: 0 });
    const { events } = await test.database.events.list({ limit: 4_000 });
    expect(events.map(({ properties }) => properties.index)).toEqual(batch.map((_, index) => index));
  });

  it('stores nothing of a call with one event that it cannot keep', async () => {
    const broken = buildStored({ uuid: 'no uuid' });
    const adding = test.database.events.add([buildStored(), broken, buildStored()]);
    await expect(adding).rejects.toMatchObject({ name: 'RepositoryError', code: 'DATABASE_FAILED' });
    expect((await test.database.events.counts()).total).toBe(0);
  });

  it('tells in errors nothing of the events', async () => {
    const broken = buildStored({ uuid: 'canary-1', properties: { secret: 'canary-2' } });
    const error = await test.database.events.add([broken]).catch((thrown: unknown) => thrown as Error);
    expect(`${(error as Error).stack} ${JSON.stringify(error)} ${(error as Error).cause}`).not.toContain(
      'canary',
    );
  });

  it('can be read at a prompt', async () => {
    await test.database.events.add([
      buildStored({ event: 'report_opened', receivedAtMs: 1_740_830_400_123 }),
    ]);
    const rows = await test.query(`
      SELECT event, properties ->> 'rows' AS rows, extract(epoch FROM received_at)::text AS received
      FROM sotto_vendor.ingest_events WHERE event = 'report_opened'`);
    expect(rows).toEqual([{ event: 'report_opened', rows: '3', received: '1740830400.123000' }]);
  });

  it('receives for the server, which counts a batch once that is sent twice', async () => {
    const app = createIngestApp({ store: test.database.events });
    const body = JSON.stringify({ api_key: 'phc_test', batch: [buildEvent(), buildEvent()] });
    const send = () =>
      app.request('/batch/', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect((await Promise.all([send(), send()])).map(({ status }) => status)).toEqual([200, 200]);
    expect((await test.database.events.counts()).total).toBe(2);
  });
});

const WAITING = `SELECT count(*)::integer AS waiting FROM pg_locks
  WHERE locktype = 'advisory' AND NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
