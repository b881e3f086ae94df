import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DATABASE_KINDS, openTestDatabase, type TestDatabase } from '../../support/databases.js';
import { buildStored } from '../../unit/server/ingest/build-event.js';

describe.each(DATABASE_KINDS)('adding batches at the same time to %s', (kind) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await openTestDatabase(kind);
  }, 60_000);
  afterAll(() => test.close());
  beforeEach(() => test.query('TRUNCATE sotto_vendor.ingest_events'));

  it('takes one transaction for them', async () => {
    const batches = Array.from({ length: 20 }, () => [buildStored(), buildStored()]);
    const results = await Promise.all(batches.map(test.database.events.add));
    expect(results).toEqual(batches.map(() => ({ accepted: 2, duplicates: 0 })));
    const stored = await test.query(
      'SELECT count(DISTINCT xmin::text) AS transactions FROM sotto_vendor.ingest_events',
    );
    expect(stored).toEqual([{ transactions: expect.anything() }]);
    expect(Number(stored[0]?.transactions)).toBe(1);
  });

  it('tells each how many of its own events were new: one that stands in several is of the first', async () => {
    const [known, once, twice, later] = [buildStored(), buildStored(), buildStored(), buildStored()];
    await test.database.events.add([known]);
    // The same uuid at another time is another event.
    const moved = { ...known, timestamp: '2025-03-01T12:00:00.001Z' };
    const batches = [[once, twice, twice], [twice, known], [later, once, moved], [known]];
    const results = await Promise.all(batches.map(test.database.events.add));
    expect(results).toEqual([
      { accepted: 2, duplicates: 1 },
      { accepted: 0, duplicates: 2 },
      { accepted: 2, duplicates: 1 },
      { accepted: 0, duplicates: 1 },
    ]);
    const { events } = await test.database.events.list({ limit: 10 });
    expect(events.map(({ uuid }) => uuid)).toEqual(
      [known, once, twice, later, moved].map(({ uuid }) => uuid),
    );
  });

  it('stores the others when the database cannot keep one', async () => {
    const [first, last] = [buildStored(), buildStored()];
    const batches = [[first], [buildStored(), buildStored({ uuid: 'canary' })], [last]];
    const results = await Promise.allSettled(batches.map(test.database.events.add));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const { events } = await test.database.events.list({ limit: 10 });
    expect(events.map(({ uuid }) => uuid)).toEqual([first.uuid, last.uuid]);
  });
});
