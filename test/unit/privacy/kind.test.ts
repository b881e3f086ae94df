import { describe, expect, it } from 'vitest';
import { kindOf, membersOf, sizeOf } from '../../../src/privacy/kind.js';

class Plain {}

describe('kindOf', () => {
  it.each<[string, unknown]>([
    ['nullish', null],
    ['nullish', undefined],
    ['string', 'a'],
    ['number', Number.NaN],
    ['boolean', false],
    ['bigint', 1n],
    ['symbol', Symbol('s')],
    ['function', () => 1],
    ['function', Plain],
    ['array', []],
    ['set', new Set()],
    ['map', new Map()],
    ['bytes', Buffer.alloc(1)],
    ['bytes', new Float32Array(1)],
    ['bytes', new DataView(new ArrayBuffer(1))],
    ['date', new Date()],
    ['iterable', new URLSearchParams('a=1')],
    ['iterable', { [Symbol.iterator]: () => [].values() }],
    ['record', {}],
    ['record', Object.create(null)],
    ['instance', new Plain()],
    ['instance', new Error('e')],
    ['instance', [].values()],
    ['instance', (function* () {})()],
    ['instance', new WeakMap()],
    ['instance', Promise.resolve()],
  ])('calls it %s: %o', (kind, value) => {
    expect(kindOf(value)).toBe(kind);
  });
});

describe('the members of a collection', () => {
  it.each<[string, unknown, unknown[]]>([
    ['an array', ['a', 'b'], ['a', 'b']],
    ['a set', new Set(['a']), ['a']],
    ['a map, its values', new Map([['k', 'v']]), ['v']],
    ['a record, its values', { k: 'v' }, ['v']],
    ['a typed array', new Uint8Array([3]), [3]],
  ])('are those of %s', (_what, value, members) => {
    expect([...(membersOf(value) ?? [])]).toEqual(members);
    expect(sizeOf(value)).toBe(members.length);
  });

  it.each<[string, unknown]>([
    ['a text', 'abc'],
    ['a date', new Date()],
    ['an instance', new Plain()],
    ['a data view', new DataView(new ArrayBuffer(2))],
  ])('do not exist in %s', (_what, value) => {
    expect(membersOf(value)).toBeUndefined();
  });
});
