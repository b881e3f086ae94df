import { describe, expect, it } from 'vitest';
import { createMemoryEventStore } from '../../../../src/server/ingest/index.js';
import { buildStored } from './build-event.js';

describe('the bound of the memory event store', () => {
  it('drops the oldest events and counts them', async () => {
    const store = createMemoryEventStore({ maxEvents: 3 });
    const events = ['a', 'b', 'c', 'd', 'e'].map((event) => buildStored({ event }));
    for (const stored of events) await store.add([stored]);
    expect((await store.list({ limit: 10 })).events).toEqual(events.slice(2));
    expect(await store.counts()).toEqual({ total: 3, byEvent: { c: 1, d: 1, e: 1 }, dropped: 2 });
  });

  it('keeps the newest events of a batch that is larger than the store', async () => {
    const store = createMemoryEventStore({ maxEvents: 2 });
    const events = [buildStored(), buildStored(), buildStored()];
    expect(await store.add(events)).toEqual({ accepted: 3, duplicates: 0 });
    expect((await store.list({ limit: 10 })).events).toEqual(events.slice(1));
  });

  it('does not let an event push out the copy it is compared with', async () => {
    const store = createMemoryEventStore({ maxEvents: 1 });
    const first = buildStored();
    await store.add([first]);
    expect(await store.add([buildStored(), first])).toEqual({ accepted: 1, duplicates: 1 });
  });

  it('goes on reading after the page it stopped at was dropped', async () => {
    const store = createMemoryEventStore({ maxEvents: 3 });
    await store.add([buildStored(), buildStored(), buildStored()]);
    const { nextCursor } = await store.list({ limit: 1 });
    const late = [buildStored(), buildStored()];
    await store.add(late);
    const { events } = await store.list({ limit: 10, cursor: nextCursor ?? '' });
    expect(events.slice(-2)).toEqual(late);
    expect(events).toHaveLength(3);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses room for %s events', (maxEvents) => {
    expect(() => createMemoryEventStore({ maxEvents })).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID' }),
    );
  });
});
