import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMessage, toMessages } from '../../../../src/server/stream/event-message.js';
import type { StoredEvent } from '../../../../src/server/wire/index.js';
import { buildStored } from '../ingest/build-event.js';

const SIZES = { wantedBytes: 2_000, maxBytes: 10_000 };

/** What comes out at the other end. */
function readAll(messages: readonly { text: string }[]): readonly StoredEvent[] {
  return messages.flatMap(({ text }) => {
    const content = readMessage(text);
    return content.status === 'read' ? content.events : [];
  });
}

const stored = fc
  .record({
    event: fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }),
    distinct_id: fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }),
    properties: fc.dictionary(fc.string(), fc.jsonValue({ stringUnit: 'binary', maxDepth: 2 }), {
      maxKeys: 3,
    }),
  })
  .map((parts) => buildStored(parts as object));

describe('messages of the stream', () => {
  it('carry every event, in order, within the size that is wanted where one event is smaller', () => {
    fc.assert(
      fc.property(fc.array(stored, { minLength: 1, maxLength: 20 }), (events) => {
        const messages = toMessages(events, SIZES) ?? [];
        expect(JSON.stringify(readAll(messages))).toBe(JSON.stringify(events));
        for (const { text } of messages) {
          const held = readAll([{ text }]).length;
          expect(Buffer.byteLength(text) <= SIZES.wantedBytes || held === 1).toBe(true);
        }
      }),
    );
  });

  it('are of the same name for the same events, whenever they arrived, and of another for others', () => {
    const events = Array.from({ length: 30 }, () => buildStored());
    const later = events.map((event) => ({ ...event, receivedAtMs: event.receivedAtMs + 5_000 }));
    const ids = (given: readonly StoredEvent[]) => toMessages(given, SIZES)?.map(({ id }) => id);
    expect(ids(events)?.length).toBeGreaterThan(1);
    expect(ids(later)).toEqual(ids(events));
    const changed = events.map((event) => ({ ...event, timestamp: '2025-03-01T12:00:00.001Z' }));
    for (const id of ids(changed) ?? []) expect(ids(events)).not.toContain(id);
  });

  it('are none where one event is too large', () => {
    const events = [buildStored(), buildStored({ properties: { a: 'x'.repeat(10_000) } })];
    expect(toMessages(events, SIZES)).toBeUndefined();
    expect(toMessages(events, { wantedBytes: 2_000, maxBytes: 20_000 })).toHaveLength(2);
  });

  const text = (events: unknown, version: unknown = 1) => JSON.stringify({ version, events });

  it.each([
    ['no JSON', 'canary', 'unreadable'],
    ['no object', '[]', 'unreadable'],
    ['no version', '{"events":[]}', 'unreadable'],
    ['a version that never was', text([], 0), 'unreadable'],
    ['a version that is to come', text([], 2), 'newer'],
    ['no events', '{"version":1}', 'unreadable'],
    ['no event among them', text([buildStored(), null]), 'unreadable'],
    ['a uuid that is none', text([buildStored({ uuid: 'canary' })]), 'unreadable'],
    ['a time that is none', text([buildStored({ timestamp: '2025-13-01T00:00:00Z' })]), 'unreadable'],
    ['an arrival that is no time', text([{ ...buildStored(), receivedAtMs: 1e300 }]), 'unreadable'],
    ['properties that are none', text([{ ...buildStored(), properties: [] }]), 'unreadable'],
    [
      'properties too deep to be read again',
      text([buildStored({ properties: JSON.parse(`${'{"a":'.repeat(64)}{}${'}'.repeat(64)}`) })]),
      'unreadable',
    ],
    ['an event', text([buildStored()]), 'read'],
  ])('with %s', (_what, given, status) => {
    expect(readMessage(given).status).toBe(status);
  });
});
