import { describe, expect, it } from 'vitest';
import { anyOf } from '../../../../src/privacy/domains/composites.js';
import {
  bool,
  type Domain,
  dateBucket,
  integer,
  listOf,
  number,
  oneOf,
  optional,
} from '../../../../src/privacy/index.js';

const REFUSED = undefined;

describe('a domain', () => {
  it.each<[string, Domain, unknown, unknown]>([
    ['a label', oneOf('a', 'b'), 'a', 'a'],
    ['a string that is no label', oneOf('a', 'b'), 'c', REFUSED],
    ['a label in another case', oneOf('a', 'b'), 'A', REFUSED],
    ['a numeric label as text', oneOf(1, 2), '1', REFUSED],
    ['negative zero among labels', oneOf(0, 1), -0, 0],
    ['a string outside a list with a bucket', oneOf('a').or('other'), 'secret', 'other'],
    ['an object outside a list with a bucket', oneOf('a').or('other'), { a: 1 }, REFUSED],
    ['a number in bounds', number({ min: 0, max: 10 }), 10, 10],
    ['a number out of bounds', number({ min: 0, max: 10 }), 10.01, REFUSED],
    ['NaN', number({ min: 0, max: 10 }), Number.NaN, REFUSED],
    ['a number as text', number({ min: 0, max: 10 }), '5', REFUSED],
    ['a number as bigint', number({ min: 0, max: 10 }), 5n, REFUSED],
    ['a boxed number', number({ min: 0, max: 10 }), Object(5), REFUSED],
    ['negative zero', number({ min: -1, max: 1 }), -0, 0],
    ['a number to be rounded', number({ min: 0, max: 10, decimals: 2 }), 1.005, 1.01],
    ['a number that rounding would push out', number({ min: 0, max: 0.55, decimals: 1 }), 0.55, 0.55],
    ['a whole number', integer({ min: 0, max: 10 }), 3, 3],
    ['a broken number', integer({ min: 0, max: 10 }), 3.5, REFUSED],
    ['true', bool(), true, true],
    ['something true', bool(), 1, REFUSED],
    ['a date by its month', dateBucket('month'), new Date('2026-11-21T08:30:15Z'), '2026-11'],
    ['a date by its hour', dateBucket('hour'), new Date('2026-11-21T08:30:15Z'), '2026-11-21T08'],
    ['an invalid date', dateBucket('day'), new Date('never'), REFUSED],
    ['a date in the year 12000', dateBucket('year'), new Date(Date.UTC(12_000, 1)), REFUSED],
    ['a date as text', dateBucket('day'), '2026-11-21', REFUSED],
    ['a list', listOf(oneOf('a', 'b')), ['a', 'b', 'a'], ['a', 'b', 'a']],
    ['a list with one member outside', listOf(oneOf('a')), ['a', 'secret'], REFUSED],
    ['a list that is too long', listOf(bool(), { maxMembers: 2 }), [true, true, true], REFUSED],
    ['a list with a hole', listOf(bool()), new Array(1), REFUSED],
    ['a set instead of a list', listOf(bool()), new Set([true]), REFUSED],
    ['the second of two alternatives', anyOf([bool(), oneOf('a')]), 'a', 'a'],
    ['none of two alternatives', anyOf([bool(), oneOf('a')]), 'b', REFUSED],
    ['a value that may be left out', optional(bool()), true, true],
  ])('encodes %s', (_what, domain, value, expected) => {
    expect(domain.encode(value)).toStrictEqual(expected);
    expect(Object.is(domain.encode(value), -0)).toBe(false);
  });

  it('cuts a date in UTC even if a subclass of Date prints local time', () => {
    class Local extends Date {
      override toISOString(): string {
        return '1999-12-31T23:59:59.000-08:00';
      }
    }
    expect(dateBucket('hour').encode(new Local(Date.UTC(2026, 0, 1, 5)))).toBe('2026-01-01T05');
  });

  it('does not ask an array for its own iterator', () => {
    const endless = Object.assign(['a'], { *[Symbol.iterator]() { for (;;) yield 'a'; } }); // biome-ignore format: one line
    expect(listOf(oneOf('a')).encode(endless)).toEqual(['a']);
  });

  it('describes itself in words', () => {
    expect(oneOf('a', 'b').description).toBe('one of a, b');
    expect(oneOf('a').or('other').description).toBe('one of a, any other string as other');
    expect(oneOf(1, 2, 3, 4, 5, 6, 7, 8, 9).description).toBe('one of 9 labels');
    expect(integer({ min: 0, max: 9 }).description).toBe('a whole number from 0 to 9');
    expect(listOf(bool(), { maxMembers: 3 }).description).toBe('a list of at most 3, each true or false');
  });
});

describe('a builder refuses', () => {
  it.each<[string, string, () => unknown]>([
    ['an empty list of labels', 'LABELS_INVALID', () => oneOf()],
    ['a label twice', 'LABELS_INVALID', () => oneOf('a', 'a')],
    ['an empty label', 'LABELS_INVALID', () => oneOf('')],
    ['a text as label', 'LABELS_INVALID', () => oneOf('x'.repeat(101))],
    ['NaN as label', 'LABELS_INVALID', () => oneOf(Number.NaN)],
    ['an object as label', 'LABELS_INVALID', () => oneOf({} as string)],
    ['more than a thousand labels', 'LABELS_INVALID', () => oneOf(...Array.from({ length: 1_001 }, (_, n) => n))],
    ['an empty bucket', 'LABELS_INVALID', () => oneOf('a').or('')],
    ['a number without bounds', 'PLAIN_UNBOUNDED', () => number(undefined as never)],
    ['a number without a lower bound', 'PLAIN_UNBOUNDED', () => number({ max: 1 } as never)],
    ['a number without an upper bound', 'PLAIN_UNBOUNDED', () => number({ min: 1 } as never)],
    ['an infinite bound', 'PLAIN_UNBOUNDED', () => number({ min: 0, max: Number.POSITIVE_INFINITY })],
    ['any safe integer as a bound', 'PLAIN_UNBOUNDED', () => integer({ min: 0, max: Number.MAX_SAFE_INTEGER })],
    ['a text as bound', 'PLAIN_UNBOUNDED', () => number({ min: '0', max: '9' } as never)],
    ['bounds the wrong way round', 'PLAIN_UNBOUNDED', () => number({ min: 2, max: 1 })],
    ['negative decimals', 'OPTION_INVALID', () => number({ min: 0, max: 1, decimals: -1 })],
    ['half a decimal', 'OPTION_INVALID', () => number({ min: 0, max: 1, decimals: 0.5 })],
    ['a bucket finer than an hour', 'PLAIN_UNBOUNDED', () => dateBucket('minute' as never)],
    ['a list without a domain', 'PLAIN_UNBOUNDED', () => listOf('a' as never)],
    ['a list without an end', 'PLAIN_UNBOUNDED', () => listOf(bool(), { maxMembers: Number.POSITIVE_INFINITY })],
    ['a list of nothing', 'PLAIN_UNBOUNDED', () => listOf(bool(), { maxMembers: 0 })],
  ])('%s', (_what, code, build) => {
    expect(build).toThrow(expect.objectContaining({ name: 'ConfigError', code }));
  }); // biome-ignore format: one table
});

describe('isWithin', () => {
  it.each<[string, Domain, Domain, boolean]>([
    ['fewer labels', oneOf('a'), oneOf('a', 'b'), true],
    ['more labels', oneOf('a', 'c'), oneOf('a', 'b'), false],
    ['the same labels and a bucket', oneOf('a').or('other'), oneOf('a'), false],
    ['a label that is the parent’s bucket', oneOf('other'), oneOf('a').or('other'), true],
    ['a label the parent would bucket', oneOf('b'), oneOf('a').or('other'), false],
    ['labels inside bounds', oneOf(1, 2), number({ min: 0, max: 5 }), true],
    ['labels outside bounds', oneOf(1, 9), number({ min: 0, max: 5 }), false],
    ['both booleans among labels', bool(), oneOf(true, false), true],
    ['booleans beside one of them', bool(), oneOf(true), false],
    ['narrower bounds', number({ min: 1, max: 2 }), number({ min: 0, max: 5 }), true],
    ['wider bounds', number({ min: 0, max: 6 }), number({ min: 0, max: 5 }), false],
    ['fewer decimals', number({ min: 0, max: 5, decimals: 1 }), number({ min: 0, max: 5, decimals: 2 }), true],
    ['more decimals', number({ min: 0, max: 5 }), number({ min: 0, max: 5, decimals: 2 }), false],
    ['whole numbers among numbers', integer({ min: 0, max: 5 }), number({ min: 0, max: 5, decimals: 2 }), true],
    ['numbers among whole ones', number({ min: 0, max: 5 }), integer({ min: 0, max: 5 }), false],
    ['a coarser date', dateBucket('year'), dateBucket('month'), true],
    ['a finer date', dateBucket('hour'), dateBucket('day'), false],
    ['a shorter list', listOf(bool(), { maxMembers: 2 }), listOf(bool()), true],
    ['a longer list', listOf(bool(), { maxMembers: 200 }), listOf(bool()), false],
    ['a list of narrower members', listOf(oneOf('a')), listOf(oneOf('a', 'b')), true],
    ['a union and itself', anyOf([bool(), number({ min: 0, max: 1 })]), anyOf([bool(), number({ min: 0, max: 1 })]), true],
    ['a union and a part of it', anyOf([bool(), oneOf('a')]), bool(), false],
    ['another kind', number({ min: 0, max: 1 }), bool(), false],
  ])('%s', (_what, child, parent, expected) => {
    expect(child.isWithin(parent)).toBe(expected);
  }); // biome-ignore format: one table
});
