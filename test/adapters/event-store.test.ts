import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryEventStore, type EventStore, type StoredEvent } from '../../src/server/ingest/index.js';
import { DATABASE_KINDS, openTestDatabase } from '../support/databases.js';
import { buildStored } from '../unit/server/ingest/build-event.js';

/** Where stores of one kind come from. */
interface Source {
  /** An empty store with room for at least 1,000 events. */
  create(): EventStore | Promise<EventStore>;
  close(): Promise<void>;
}

/** What every event store promises. */
function testEventStore(name: string, open: () => Promise<Source>): void {
  describe(`the ${name} event store`, () => {
    let source: Source;
    let store: EventStore;
    beforeAll(async () => {
      source = await open();
    }, 60_000);
    afterAll(() => source.close());
    beforeEach(async () => {
      store = await source.create();
    });
    afterEach(() => store.close());

    /** Pages until the end, as a client does. */
    async function readAll(limit: number, between: () => Promise<unknown> = async () => {}) {
      const events: StoredEvent[] = [];
      let page = await store.list({ limit });
      events.push(...page.events);
      while (page.nextCursor !== null) {
        await between();
        page = await store.list({ limit, cursor: page.nextCursor });
        events.push(...page.events);
      }
      return events;
    }

    it('is empty at first', async () => {
      expect(await store.list({ limit: 10 })).toEqual({ events: [], nextCursor: null });
      expect(await store.counts()).toEqual({ total: 0, byEvent: {}, dropped: 0 });
    });

    it('returns what was added, oldest first', async () => {
      const [first, second, third] = [buildStored(), buildStored(), buildStored()];
      expect(await store.add([first, second])).toEqual({ accepted: 2, duplicates: 0 });
      expect(await store.add([third])).toEqual({ accepted: 1, duplicates: 0 });
      expect((await store.list({ limit: 10 })).events).toEqual([first, second, third]);
    });

    it('keeps nested and unusual properties as they are', async () => {
      const properties = JSON.parse('{"__proto__":{"a":[null,1.5,"\\u00e9"]},"constructor":{},"":false}');
      const stored = buildStored({ event: '__proto__', distinct_id: 'constructor', properties });
      await store.add([stored]);
      const { events } = await store.list({ limit: 1 });
      expect(JSON.stringify(events)).toBe(JSON.stringify([stored]));
    });

    it('keeps strings that hold no text', async () => {
      const odd = 'a\u0000"\\\ud800\u{1f600}';
      const stored = buildStored({ event: odd, distinct_id: odd, properties: { [odd]: odd, b: [odd] } });
      await store.add([stored, buildStored({ event: 'a' })]);
      const { events } = await store.list({ event: odd, distinct_id: odd, limit: 2 });
      expect(JSON.stringify(events)).toBe(JSON.stringify([stored]));
      expect((await store.counts()).byEvent).toEqual({ [odd]: 1, a: 1 });
    });

    it('takes the same uuid with another time for another event, and with another spelling of its time for the same', async () => {
      const first = buildStored({ timestamp: '2025-03-01T12:00:00.000Z' });
      const later = { ...first, timestamp: '2025-03-01T12:00:00.001Z' };
      const muchLater = { ...first, timestamp: '2031-01-01T00:00:00Z' };
      const again = ['2025-03-01T13:30:00+0130', '2025-03-01T12:00:00Z', '2025-03-01T12:00:00.000999Z'];
      expect(await store.add([first, later, muchLater])).toEqual({ accepted: 3, duplicates: 0 });
      const repeated = again.map((timestamp) => ({ ...first, timestamp }));
      expect(await store.add(repeated)).toEqual({ accepted: 0, duplicates: 3 });
      expect((await store.list({ limit: 10 })).events).toEqual([first, later, muchLater]);
    });

    it.each(['0000-01-01T00:00:00+23:59', '0099-12-31T23:59:59Z', '9999-12-31T23:59:59.999-23:59'])(
      'keeps an event of %s as it was sent',
      async (timestamp) => {
        const stored = buildStored({ timestamp });
        expect(await store.add([stored, stored])).toEqual({ accepted: 1, duplicates: 1 });
        expect((await store.list({ limit: 10 })).events).toEqual([stored]);
      },
    );

    it('counts a uuid once across calls and keeps the first event', async () => {
      const first = buildStored({ event: 'first' });
      await store.add([first]);
      const again = await store.add([buildStored({ uuid: first.uuid, event: 'second' }), buildStored()]);
      expect(again).toEqual({ accepted: 1, duplicates: 1 });
      expect((await store.list({ limit: 1 })).events).toEqual([first]);
      expect((await store.counts()).total).toBe(2);
    });

    it('counts a uuid once within a call', async () => {
      const stored = buildStored();
      expect(await store.add([stored, stored, stored])).toEqual({ accepted: 1, duplicates: 2 });
      expect((await store.counts()).total).toBe(1);
    });

    it('counts a uuid once when it is added concurrently', async () => {
      const batch = Array.from({ length: 20 }, () => buildStored());
      const results = await Promise.all(Array.from({ length: 5 }, () => store.add(batch)));
      expect(results.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(20);
      expect(results.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(80);
      expect((await store.counts()).total).toBe(20);
    });

    it('counts by event name, whatever the name', async () => {
      const names = ['opened', 'opened', '__proto__', 'toString'];
      await store.add(names.map((event) => buildStored({ event })));
      const { total, byEvent } = await store.counts();
      expect(total).toBe(4);
      expect(new Map(Object.entries(byEvent))).toEqual(
        new Map([
          ['opened', 2],
          ['__proto__', 1],
          ['toString', 1],
        ]),
      );
    });

    it('narrows by event and by distinct id, exactly', async () => {
      const match = buildStored({ event: 'opened', distinct_id: 'a' });
      const others = [
        buildStored({ event: 'opened', distinct_id: 'b' }),
        buildStored({ event: 'Opened', distinct_id: 'a' }),
        buildStored({ event: 'opened ', distinct_id: 'a' }),
      ];
      await store.add([...others, match]);
      const { events } = await store.list({ event: 'opened', distinct_id: 'a', limit: 10 });
      expect(events).toEqual([match]);
    });

    it.each([1, 2, 3, 7, 1000])('visits every event exactly once in pages of %i', async (limit) => {
      const batch = Array.from({ length: 7 }, () => buildStored());
      await store.add(batch);
      expect(await readAll(limit)).toEqual(batch);
    });

    it('visits every event exactly once while others arrive', async () => {
      const batch = Array.from({ length: 6 }, () => buildStored());
      const late = [buildStored(), buildStored()];
      await store.add(batch);
      const read = await readAll(2, () => store.add(late));
      expect(read).toEqual([...batch, ...late]);
    });

    it('has no next page when what follows does not match', async () => {
      await store.add([
        buildStored({ event: 'a' }),
        buildStored({ event: 'a' }),
        buildStored({ event: 'b' }),
      ]);
      expect((await store.list({ event: 'a', limit: 2 })).nextCursor).toBeNull();
      expect((await store.list({ event: 'a', limit: 1 })).nextCursor).not.toBeNull();
    });

    it.each(['', 'x', '-1', '1.5', '1e3', '9'.repeat(400)])('refuses the cursor "%s"', async (cursor) => {
      await expect(store.list({ limit: 1, cursor })).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    });

    it('may be closed twice', async () => {
      await store.close();
      await expect(store.close()).resolves.toBeUndefined();
    });
  });
}

testEventStore('memory', async () => ({ create: createMemoryEventStore, close: async () => {} }));

for (const kind of DATABASE_KINDS) {
  testEventStore(kind, async () => {
    const { database, query, close } = await openTestDatabase(kind);
    const create = async () => {
      await query('TRUNCATE sotto_vendor.ingest_events');
      return database.events;
    };
    return { create, close };
  });
}
