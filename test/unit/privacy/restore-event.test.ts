import fc from 'fast-check';
import { expect, it } from 'vitest';
import { restoreEvent, type StoredEvent } from '../../../src/privacy/restore-event.js';

const STORED = {
  uuid: '1b4e28ba-2fa1-4d3e-9c1a-0123456789ab',
  event: 'search',
  distinct_id: '9f8e7d6c-5b4a-4938-8271-0123456789ab',
  timestamp: '2026-11-21T08:30:00.000Z',
  properties: { results: '<10', $lib: 'sotto', nested: { list: [1, 'two', null, false] } },
};

it('is the event that was stored, complete, with nothing that is common to all', () => {
  expect(restoreEvent(STORED)).toEqual({
    uuid: STORED.uuid,
    event: 'search',
    distinctId: STORED.distinct_id,
    timestampMs: Date.UTC(2026, 10, 21, 8, 30),
    properties: STORED.properties,
    common: {},
    isComplete: true,
  });
});

it('leaves as the same bytes, whatever its properties say', () => {
  const properties = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 5 }));
  fc.assert(
    fc.property(properties, (stored) => {
      const text = JSON.stringify(stored);
      const restored = restoreEvent({ ...STORED, properties: JSON.parse(text) });
      expect(JSON.stringify(restored?.properties)).toBe(text);
    }),
  );
});

it('cannot be changed', () => {
  expect(Object.isFrozen(restoreEvent(STORED))).toBe(true);
});

const deep = JSON.parse('{"a":'.repeat(100_000) + 1 + '}'.repeat(100_000));

it.each<[string, Partial<StoredEvent>]>([
  ['no uuid', { uuid: 'a' }],
  ['a uuid with something after it', { uuid: `${STORED.uuid}\n` }],
  ['a number for a uuid', { uuid: 7 }],
  ['no name', { event: '' }],
  ['a name too long', { event: 'x'.repeat(201) }],
  ['no id', { distinct_id: '' }],
  ['an id that is no text', { distinct_id: null }],
  ['no time', { timestamp: 'yesterday' }],
  ['a time as nobody writes it here', { timestamp: '2026-11-21' }],
  ['a time that never was', { timestamp: '2026-02-31T08:30:00.000Z' }],
  ['a number for a time', { timestamp: 1_795_250_000_000 }],
  ['no properties', { properties: undefined }],
  ['a list of properties', { properties: [] }],
  ['properties of a class', { properties: new Date() }],
  ['what JSON has not', { properties: { a: { b: [undefined] } } }],
  ['a number that JSON has not', { properties: { a: Number.NaN } }],
  ['an object of a class inside', { properties: { a: new Map() } }],
  ['properties of endless depth', { properties: deep }],
])('is nothing with %s', (_, change) => {
  expect(restoreEvent({ ...STORED, ...change })).toBeUndefined();
});
