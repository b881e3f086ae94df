import { describe, expect, it } from 'vitest';
import { toAggregate } from '../../../../src/privacy/conversions/aggregate.js';
import { toPresence } from '../../../../src/privacy/conversions/boolean.js';
import { toCount } from '../../../../src/privacy/conversions/count.js';
import { toDistribution } from '../../../../src/privacy/conversions/distribution.js';
import { toTextCount } from '../../../../src/privacy/conversions/text-count.js';
import type { AggregateFunction, JsonValue } from '../../../../src/privacy/index.js';
import { createKeyedHash } from '../../../../src/privacy/index.js';
import { secretOf } from '../support.js';

const LABELS = new Set(['python', 'rust', '7', '__proto__', 'constructor', 'toString']);

class Instance {
  field = 'value';
}

const iterable = { *[Symbol.iterator]() { yield* [1, 2, 3]; } }; // biome-ignore format: one line
class Members {
  *[Symbol.iterator]() {
    yield* ['python', 'go'];
  }
}
const python = 'python';

interface Row {
  readonly what: string;
  readonly value: unknown;
  readonly boolean: boolean;
  readonly count: number;
  readonly distribution: JsonValue;
  readonly sum: number | string | null;
  readonly textCount: number;
}

const rows: readonly Row[] = [
  { what: 'null', value: null, boolean: false, count: 0, distribution: {}, sum: null, textCount: 0 },
  { what: 'undefined', value: undefined, boolean: false, count: 0, distribution: {}, sum: null, textCount: 0 },
  { what: 'the empty text', value: '', boolean: false, count: 1, distribution: { other: 1 }, sum: null, textCount: 0 },
  { what: 'a text outside the list', value: 'abc', boolean: true, count: 1, distribution: { other: 1 }, sum: null, textCount: 3 },
  { what: 'a label', value: 'python', boolean: true, count: 1, distribution: { python: 1 }, sum: null, textCount: 6 },
  { what: 'the text "0"', value: '0', boolean: true, count: 1, distribution: { other: 1 }, sum: null, textCount: 1 },
  { what: 'the text "false"', value: 'false', boolean: true, count: 1, distribution: { other: 1 }, sum: null, textCount: 5 },
  { what: 'zero', value: 0, boolean: false, count: 1, distribution: { other: 1 }, sum: 0, textCount: 0 },
  { what: 'negative zero', value: -0, boolean: false, count: 1, distribution: { other: 1 }, sum: 0, textCount: 0 },
  { what: 'a number', value: 7, boolean: true, count: 1, distribution: { 7: 1 }, sum: 7, textCount: 0 },
  { what: 'NaN', value: Number.NaN, boolean: false, count: 1, distribution: { other: 1 }, sum: null, textCount: 0 },
  { what: 'Infinity', value: Number.POSITIVE_INFINITY, boolean: true, count: 1, distribution: { other: 1 }, sum: null, textCount: 0 },
  { what: 'true', value: true, boolean: true, count: 1, distribution: { other: 1 }, sum: null, textCount: 0 },
  { what: 'false', value: false, boolean: false, count: 1, distribution: { other: 1 }, sum: null, textCount: 0 },
  { what: 'an empty array', value: [], boolean: false, count: 0, distribution: {}, sum: 0, textCount: 0 },
  { what: 'an array of numbers', value: [1, 2, 3], boolean: true, count: 3, distribution: { other: 3 }, sum: 6, textCount: 0 },
  { what: 'an array holding zero', value: [0], boolean: true, count: 1, distribution: { other: 1 }, sum: 0, textCount: 0 },
  { what: 'an array of labels', value: [python, 'rust', python], boolean: true, count: 3, distribution: { python: 2, rust: 1 }, sum: null, textCount: 0 },
  { what: 'numbers with NaN among them', value: [1, Number.NaN, 2], boolean: true, count: 3, distribution: { other: 3 }, sum: 3, textCount: 0 },
  { what: 'numbers with a text among them', value: [1, '2'], boolean: true, count: 2, distribution: { other: 2 }, sum: null, textCount: 0 },
  { what: 'numbers with null among them', value: [1, null], boolean: true, count: 2, distribution: { other: 2 }, sum: null, textCount: 0 },
  { what: 'a frozen tuple', value: Object.freeze([1, 2]), boolean: true, count: 2, distribution: { other: 2 }, sum: 3, textCount: 0 },
  { what: 'a sparse array', value: new Array(4), boolean: true, count: 4, distribution: { other: 4 }, sum: null, textCount: 0 },
  { what: 'an empty set', value: new Set(), boolean: false, count: 0, distribution: {}, sum: 0, textCount: 0 },
  { what: 'a set of labels', value: new Set([python, 'go']), boolean: true, count: 2, distribution: { python: 1, other: 1 }, sum: null, textCount: 0 },
  { what: 'an iterable object', value: iterable, boolean: true, count: 3, distribution: { other: 3 }, sum: 6, textCount: 0 },
  { what: 'an iterable instance', value: new Members(), boolean: true, count: 2, distribution: { python: 1, other: 1 }, sum: null, textCount: 0 },
  { what: 'an empty map', value: new Map(), boolean: false, count: 0, distribution: {}, sum: null, textCount: 0 },
  { what: 'a map', value: new Map([['a', python], ['b', python]]), boolean: true, count: 2, distribution: { python: 2 }, sum: null, textCount: 0 },
  { what: 'an empty object', value: {}, boolean: false, count: 0, distribution: {}, sum: null, textCount: 0 },
  { what: 'an object', value: { a: python, b: 1 }, boolean: true, count: 2, distribution: { python: 1, other: 1 }, sum: null, textCount: 0 },
  { what: 'an object holding undefined', value: { a: undefined }, boolean: true, count: 1, distribution: { other: 1 }, sum: null, textCount: 0 },
  { what: 'an object of numbers', value: { a: 1, b: 2 }, boolean: true, count: 2, distribution: { other: 2 }, sum: null, textCount: 0 },
  { what: 'an empty typed array', value: new Uint8Array(), boolean: false, count: 0, distribution: {}, sum: 0, textCount: 0 },
  { what: 'a buffer', value: Buffer.from([7, 7, 1]), boolean: true, count: 3, distribution: { 7: 2, other: 1 }, sum: 15, textCount: 0 },
  { what: 'a typed array of wide numbers', value: new Float64Array([0.5, 1]), boolean: true, count: 2, distribution: { other: 2 }, sum: 1.5, textCount: 0 },
  { what: 'a data view', value: new DataView(new ArrayBuffer(4)), boolean: true, count: 4, distribution: { other: 1 }, sum: null, textCount: 0 },
  { what: 'a date', value: new Date(0), boolean: true, count: 1, distribution: { other: 1 }, sum: null, textCount: 0 },
  { what: 'a bigint', value: 5n, boolean: true, count: 1, distribution: { other: 1 }, sum: 5, textCount: 0 },
  { what: 'the bigint zero', value: 0n, boolean: true, count: 1, distribution: { other: 1 }, sum: 0, textCount: 0 },
  { what: 'a bigint beyond 2^53', value: 2n ** 60n, boolean: true, count: 1, distribution: { other: 1 }, sum: '1152921504606846976', textCount: 0 },
  { what: 'a function', value: () => 1, boolean: true, count: 1, distribution: { other: 1 }, sum: null, textCount: 0 },
  { what: 'a symbol', value: Symbol('s'), boolean: true, count: 1, distribution: { other: 1 }, sum: null, textCount: 0 },
  { what: 'a class instance', value: new Instance(), boolean: true, count: 1, distribution: { other: 1 }, sum: null, textCount: 0 },
  { what: 'a family of one glyph', value: '👩‍👩‍👧', boolean: true, count: 1, distribution: { other: 1 }, sum: null, textCount: 5 },
  { what: 'a decomposed accent', value: 'e\u0301', boolean: true, count: 1, distribution: { other: 1 }, sum: null, textCount: 2 },
  { what: 'a lone surrogate', value: '\ud800', boolean: true, count: 1, distribution: { other: 1 }, sum: null, textCount: 1 },
]; // biome-ignore format: one table

describe('conversions', () => {
  it.each(rows)(
    'reduce $what to a boolean, a count, a text count',
    ({ value, boolean, count, textCount }) => {
      expect([toPresence(value), toCount(value), toTextCount(value)]).toEqual([boolean, count, textCount]);
    },
  );

  it.each(rows)('count the labels of $what', ({ value, distribution }) => {
    expect(toDistribution(value, LABELS)).toEqual(distribution);
  });

  it.each(rows)('sum $what', ({ value, sum }) => {
    expect(toAggregate(value, 'sum')).toBe(sum);
  });

  it.each(rows)('hash $what to a string that shows nothing of it', ({ value }) => {
    const hash = createKeyedHash(secretOf(1));
    expect(hash(value, 'field')).toMatch(/^blake3:[0-9a-f]{32}$/);
  });
});

describe('an aggregate', () => {
  it.each<[AggregateFunction, number]>([
    ['sum', 110],
    ['mean', 22],
    ['min', 1],
    ['max', 100],
    ['median', 3],
    ['p50', 3],
    ['p90', 61.6],
    ['p95', 80.8],
    ['p99', 96.16],
  ])('%s of five numbers is %d', (name, expected) => {
    expect(toAggregate([100, 1, 2, 3, 4], name)).toBeCloseTo(expected, 9);
  });

  it.each<AggregateFunction>(['mean', 'min', 'max', 'median', 'p95'])('%s of nothing is null', (name) => {
    expect(toAggregate([], name)).toBeNull();
    expect(toAggregate([Number.NaN], name)).toBeNull();
  });

  it('rounds where it is told to', () => {
    expect(toAggregate([1.0049, 1.0051], 'sum', 2)).toBe(2.01);
    expect(toAggregate([-1.25], 'sum', 1)).toBe(-1.3);
  });

  it('never gives negative zero, an infinity or NaN', () => {
    expect(Object.is(toAggregate([-0], 'sum'), 0)).toBe(true);
    expect(toAggregate([Number.MAX_VALUE, Number.MAX_VALUE], 'sum')).toBeNull();
    expect(toAggregate([-Number.MAX_VALUE, Number.MAX_VALUE], 'p90')).toBeNull();
  });

  it('adds bigints exactly and gives up on other functions beyond 2^53', () => {
    expect(toAggregate([2n ** 60n, 1n], 'sum')).toBe('1152921504606846977');
    expect(toAggregate([2n, 3n], 'sum')).toBe(5);
    expect(toAggregate([1, 2n], 'sum')).toBe(3);
    expect(toAggregate([2n ** 60n, 1], 'sum')).toBeNull();
    expect(toAggregate(2n ** 60n, 'mean')).toBeNull();
    expect(toAggregate(new BigInt64Array([1n, 2n]), 'sum')).toBe(3);
  });

  it('does not print a bigint that is no quantity', () => {
    expect(toAggregate(10n ** 41n, 'sum')).toBeNull();
    expect(toAggregate(-(10n ** 41n), 'sum')).toBeNull();
  });

  it('says when it did not see every member', () => {
    const cuts: number[] = [];
    const total = toAggregate(new Array(100_001).fill(1), 'sum', undefined, () => cuts.push(1));
    expect(total).toBe(100_000);
    expect(cuts).toEqual([1]);
  });
});

describe('a distribution', () => {
  it('keeps labels that are names of object internals as plain keys', () => {
    const distribution = toDistribution(['__proto__', 'constructor', 'toString', 'toString'], LABELS);
    expect(JSON.stringify(distribution)).toBe('{"__proto__":1,"constructor":1,"toString":2}');
    expect(Object.getPrototypeOf(distribution)).toBe(Object.prototype);
  });

  it('shows nothing of a member that is no label', () => {
    const members = [{ secret: 'hunter2' }, ['hunter2'], new Instance(), new Date(0), 5n, null, undefined];
    expect(toDistribution(members, LABELS)).toEqual({ other: 7 });
  });

  it('does not walk an endless iterable to its end', () => {
    let cut = false;
    const endless = { *[Symbol.iterator]() { for (;;) yield python; } }; // biome-ignore format: one line
    const distribution = toDistribution(endless, LABELS, () => {
      cut = true;
    });
    expect(distribution).toEqual({ python: 100_000 });
    expect(cut).toBe(true);
  });

  it('leaves a running iterator to its owner', () => {
    const running = [python, 'rust'].values();
    expect(toDistribution(running, LABELS)).toEqual({ other: 1 });
    expect(toCount(running)).toBe(1);
    expect([...running]).toEqual([python, 'rust']);
  });
});
