import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { whyNotClosed } from '../../../../src/privacy/domains/closed-pattern.js';
import { anyOf } from '../../../../src/privacy/domains/composites.js';
import { narrowDomain, toDomain } from '../../../../src/privacy/domains/index.js';
import {
  type BoundedSchema,
  bool,
  type Domain,
  dateBucket,
  integer,
  label,
  labelsOf,
  listOf,
  number,
  oneOf,
  pattern,
} from '../../../../src/privacy/index.js';

describe('the example of a domain', () => {
  it.each<[string, Domain, unknown]>([
    ['labels', oneOf('UNDERSTAND', 'DEBUG'), 'UNDERSTAND'],
    ['labels with a bucket', oneOf('a').or('other'), 'a'],
    ['a boolean', bool(), true],
    ['a number', number({ min: 0, max: 3_600_000 }), 100],
    ['a small number', integer({ min: 0, max: 9 }), 1],
    ['a share', number({ min: 0, max: 1, decimals: 3 }), 0.5],
    ['a number without a round one', number({ min: 0.21, max: 0.24, decimals: 2 }), 0.21],
    ['a bound that rounding moves', number({ min: 0.26, max: 0.44, decimals: 1 }), 0.3],
    ['a whole number between broken bounds', integer({ min: 100.5, max: 101.5 }), 101],
    ['a version', pattern(/^\d{1,4}\.\d{1,4}\.\d{1,4}(?:-(?:alpha|beta)(?:\.\d{1,4})?)?$/), '1.2.3'],
    ['a locale', pattern(/^[a-z]{2}(?:-[A-Z]{2})?$/), 'aa'],
    ['a date', dateBucket('day'), '2026-01-31'],
    ['an hour', dateBucket('hour'), '2026-01-31T12'],
    ['a list', listOf(oneOf('a', 'b')), ['a']],
    ['alternatives', anyOf([oneOf('auto'), bool()]), 'auto'],
    ['a label of a server', label, 'control'],
    ['a narrowed domain', narrowDomain(oneOf('b'), oneOf('a', 'b')), 'b'],
  ])('of %s', (_what, domain, expected) => {
    expect(domain.example()).toStrictEqual(expected);
  });

  it.each<[string, z.ZodType, unknown]>([
    ['an enum', z.enum(['a', 'b']), 'a'],
    ['a number', z.number().min(0).max(5), 0.5],
    ['a refinement that takes another label', z.enum(['a', 'b']).refine((value) => value === 'b'), 'b'],
    ['a refinement that takes the bound', z.int().min(0).max(7).refine((n) => n === 7), 7],
    ['a refinement that takes none of them', z.int().min(0).max(7).refine((n) => n === 6), 1],
    ['a refinement that throws', z.enum(['a']).refine(() => { throw new Error('refined'); }), 'a'],
    ['a default', z.enum(['a', 'b']).default('b'), 'b'],
    ['a calendar date', z.iso.date(), '2026-01-31'],
    ['a list', z.array(z.enum(['a', 'b'])).max(2), ['a']],
  ])('of a schema with %s passes the schema where one can be guessed', (_what, schema, expected) => {
    expect(toDomain(schema as BoundedSchema).example()).toStrictEqual(expected);
  }); // biome-ignore format: one table

  it('can leave: encoding it changes nothing', () => {
    fc.assert(
      fc.property(domains, (domain) => {
        expect(domain.encode(domain.example())).toEqual(domain.example());
      }),
    );
  });

  it('of a date is what a date encodes to', () => {
    fc.assert(
      fc.property(fc.constantFrom('year', 'month', 'day', 'hour' as const), (bucket) => {
        const domain = dateBucket(bucket as 'day');
        expect(domain.example()).toBe(domain.encode(new Date('2026-01-31T12:34:56Z')));
      }),
    );
  });

  it('does not ask a maker’s schema before anybody asks for it', () => {
    let asked = 0;
    const domain = toDomain(z.enum(['a']).refine(() => { asked += 1; return true; })); // biome-ignore format: one line
    narrowDomain(domain, oneOf('a'));
    expect(asked).toBe(0);
  });
});

describe('labelsOf', () => {
  it.each<[string, Domain, unknown[]]>([
    ['labels', oneOf<string | number | boolean>('a', 1, true), ['a', 1, true]],
    ['labels with a bucket', oneOf('a').or('other'), ['a', 'other']],
    ['a list', listOf(oneOf('a')), ['a']],
    ['alternatives', anyOf([oneOf('a'), bool(), oneOf('b')]), ['a', 'b']],
    ['a number', integer({ min: 0, max: 1 }), []],
  ])('of %s', (_what, domain, expected) => {
    expect(labelsOf(domain)).toEqual(expected);
  });
});

const atom = fc.oneof(
  fc.constantFrom('a', '\\.', '\\d', '[0-9]', '[1-5]', '[a-c]', '[+-]', '[\\d.,-]', '[\\]x]', '\\w', '\\\\'),
  fc.constantFrom('(?:red|green)', '(a|b)', '(?:-(?:rc|beta)(?:\\.\\d{1,2})?)'),
);
const repetition = fc.constantFrom('', '', '?', '{2}', '{0,2}', '{1,3}');
const patterns = fc
  .array(fc.tuple(atom, repetition), { maxLength: 6 })
  .map((parts) => `^${parts.flat().join('')}$`)
  .filter((source) => whyNotClosed(source) === undefined)
  .map((source) => pattern(new RegExp(source)));

const numbers = fc
  .record({
    bounds: fc.tuple(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 0, max: 1e6, noNaN: true }),
    ),
    decimals: fc.option(fc.nat({ max: 5 }), { nil: undefined }),
  })
  .map(({ bounds: [min, width], decimals }) =>
    number({ min, max: min + width, ...(decimals !== undefined && { decimals }) }),
  );

const integers = fc
  .tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.nat({ max: 1e6 }))
  .map(([min, width]) => integer({ min, max: min + width }));

const labels = fc
  .uniqueArray(fc.oneof(fc.string({ minLength: 1, maxLength: 20 }), fc.integer(), fc.boolean()), {
    minLength: 1,
    maxLength: 10,
  })
  .map((members) => oneOf(...members));

const simple: fc.Arbitrary<Domain> = fc.oneof(patterns, numbers, integers, labels, fc.constant(bool()));
const domains: fc.Arbitrary<Domain> = fc.oneof(
  simple,
  simple.map((member) => listOf(member)),
  fc.array(simple, { minLength: 1, maxLength: 3 }).map((members) => anyOf(members)),
);
