import { describe, expect, it } from 'vitest';
import { toCanonicalText } from '../../../src/privacy/canonical.js';
import { nestedRecord, timed } from './support.js';

class Repository {
  name: string;
  constructor(name: string) {
    this.name = name;
  }
  toJSON(): string {
    return 'the same for all';
  }
  toString(): string {
    return 'the same for all';
  }
}

const circular = (name: string): object => {
  const value: { name: string; self?: unknown } = { name };
  value.self = value;
  return value;
};

/** A parent of many children who all know their parent; its name comes last. */
const family = (name: string): object => {
  const parent: { children: object[]; name: string } = { children: [], name };
  parent.children = numbers(20).map((index) => ({ index, mother: parent, father: parent }));
  return parent;
};

describe('the canonical text', () => {
  it.each<[string, unknown, unknown]>([
    ['two orders of keys', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }],
    ['two orders of a set', new Set(['a', 'b']), new Set(['b', 'a'])],
    ['two orders of a map', new Map([['a', 1], ['b', 2]]), new Map([['b', 2], ['a', 1]])],
    ['zero and negative zero', 0, -0],
    ['two dates of one instant', new Date(5), new Date(5)],
    ['two equal circles', circular('a'), circular('a')],
    ['a record with and without a prototype', { a: 1 }, Object.assign(Object.create(null), { a: 1 })],
    ['two sets too large to walk, in two orders', new Set(numbers(3_000)), new Set(numbers(3_000).reverse())],
    ['two records too large to walk, in two orders', recordOf(numbers(3_000)), recordOf(numbers(3_000).reverse())],
    ['two sets of texts too long to quote', new Set(longTexts()), new Set(longTexts().reverse())],
  ])('is one for %s', (_what, a, b) => {
    expect(toCanonicalText(a)).toBe(toCanonicalText(b));
  }); // biome-ignore format: one table

  it.each<[string, unknown, unknown]>([
    ['0 and "0"', 0, '0'],
    ['0 and 0n', 0, 0n],
    ['null and "null"', null, 'null'],
    ['true and "true"', true, 'true'],
    ['a date and its number', new Date(5), 5],
    ['a date and its text', new Date(0), new Date(0).toISOString()],
    ['NaN and zero', Number.NaN, 0],
    ['an array and a set', ['a'], new Set(['a'])],
    ['a record and a map', { a: 1 }, new Map([['a', 1]])],
    ['[1, 2] and [12]', [1, 2], [12]],
    ['["a,b"] and ["a","b"]', ['a,b'], ['a', 'b']],
    ['an array and its record', ['a'], { 0: 'a' }],
    ['two keys that look like structure', { 'a"=s:"b': 1 }, { a: 'b' }],
    ['two instances with a common toJSON', new Repository('a'), new Repository('b')],
    ['two addresses', new URL('https://a.example/'), new URL('https://b.example/')],
    ['an address and its text', new URL('https://a.example/'), 'https://a.example/'],
    ['two circles', circular('a'), circular('b')],
    ['two families that point back to their parents', family('a'), family('b')],
    ['two bigints', 2n ** 80n, 2n ** 80n + 1n],
    ['bytes', Buffer.from('a'), Buffer.from('b')],
    ['two lone surrogates', '\ud800', '\ud801'],
    [
      'what stands beside a set too large to walk',
      [new Set(numbers(3_000)), 'a'],
      [new Set(numbers(3_000)), 'b'],
    ],
    [
      'what stands beside a record too large to walk',
      [recordOf(numbers(3_000)), 'a'],
      [recordOf(numbers(3_000)), 'b'],
    ],
    ['two long texts of different length', 'a'.repeat(1e5), 'a'.repeat(1e5 + 1)],
    ['two long arrays of different length', new Array(1e5).fill(0), new Array(1e5 + 1).fill(0)],
  ])('tells apart %s', (_what, a, b) => {
    expect(toCanonicalText(a)).not.toBe(toCanonicalText(b));
  });

  it.each<[string, () => unknown]>([
    ['ten thousand levels', () => nestedRecord(10_000)],
    ['ten megabytes of text', () => 'x'.repeat(1e7)],
    ['ten thousand times a long text', () => new Array(10_000).fill('x'.repeat(16_000))],
    ['ten megabytes of bytes', () => Buffer.alloc(1e7)],
    ['a bigint of a million digits', () => 2n ** 3_000_000n],
    ['an endless iterable', () => ({ *[Symbol.iterator]() { for (;;) yield 1; } })], // biome-ignore format: one line
  ])('of %s is short and takes little time', (_what, make) => {
    const value = make();
    const { result, elapsedMs } = timed(() => toCanonicalText(value));
    expect(result.length).toBeLessThan(200_000);
    expect(elapsedMs).toBeLessThan(500);
  });
});

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function recordOf(keys: readonly number[]): object {
  return Object.fromEntries(keys.map((key) => [`key ${key}`, key]));
}

function longTexts(): string[] {
  return numbers(10).map((index) => `${index}`.repeat(16_000));
}
