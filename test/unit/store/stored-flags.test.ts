import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatStoredFlags, parseStoredFlags, type StoredFlag } from '../../../src/store/stored-flags.js';

const shortText = fc.string({ minLength: 1, maxLength: 64 });
const storedFlags = fc
  .array(
    fc.tuple(
      shortText,
      fc.record<StoredFlag>({
        value: fc.oneof(shortText, fc.boolean()),
        version: fc.option(fc.maxSafeNat(), { nil: undefined }),
      }),
    ),
    { maxLength: 20 },
  )
  .map((entries) => new Map(entries));

/** Object keys that look like whole numbers come first, so the order of a map is not kept. */
const sorted = (flags: ReadonlyMap<string, StoredFlag>) => [...flags].sort(([a], [b]) => (a < b ? -1 : 1));

it('reads what it wrote', () => {
  fc.assert(
    fc.property(storedFlags, (flags) => {
      expect(sorted(parseStoredFlags(formatStoredFlags(flags)))).toEqual(sorted(flags));
    }),
  );
});

it('reads any text without harm', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(parseStoredFlags(text)).toBeInstanceOf(Map);
    }),
  );
});

describe('none come from', () => {
  it.each([
    '',
    '{',
    'null',
    '7',
    '[]',
    '{}',
    '{"flags":null}',
    '{"flags":[{"value":true}]}',
    '{"flags":"x"}',
    '\ufeff{}',
  ])('%j', (text) => {
    expect(parseStoredFlags(text).size).toBe(0);
  });
});

it.each([
  ['null', null],
  ['a text', 'test'],
  ['no value', { version: 1 }],
  ['a number as value', { value: 1 }],
  ['an empty value', { value: '' }],
  ['a long value', { value: 'x'.repeat(65) }],
  ['a text as version', { value: 'test', version: '1' }],
  ['a negative version', { value: 'test', version: -1 }],
  ['a broken version', { value: 'test', version: 1.5 }],
])('leaves out an entry with %s', (_, entry) => {
  const text = JSON.stringify({ flags: { bad: entry, good: { value: 'control', version: 2 } } });
  expect([...parseStoredFlags(text)]).toEqual([['good', { value: 'control', version: 2 }]]);
});

it('leaves out what it does not know of an entry', () => {
  const text = JSON.stringify({ flags: { good: { value: true, email: 'ada@example.org' } } });
  expect([...parseStoredFlags(text)]).toEqual([['good', { value: true, version: undefined }]]);
});

it.each([
  ['an empty key', ''],
  ['a long key', 'x'.repeat(65)],
])('leaves out an entry with %s', (_, key) => {
  expect(parseStoredFlags(JSON.stringify({ flags: { [key]: { value: true } } })).size).toBe(0);
});

it('holds at most 200 flags, whichever way', () => {
  const many = new Map(Array.from({ length: 300 }, (_, at) => [`flag-${at}`, { value: true, version: 1 }]));
  const text = JSON.stringify({ flags: Object.fromEntries(many) });
  expect(Object.keys(JSON.parse(formatStoredFlags(many)).flags)).toHaveLength(200);
  expect([...parseStoredFlags(text).keys()]).toEqual([...many.keys()].slice(0, 200));
  expect([...parseStoredFlags(formatStoredFlags(many)).keys()]).toEqual([...many.keys()].slice(0, 200));
});
