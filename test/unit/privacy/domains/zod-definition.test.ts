import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { toDomain, toDomainScope } from '../../../../src/privacy/domains/index.js';
import { describeZod } from '../../../../src/privacy/domains/zod-definition.js';
import type { BoundedSchema } from '../../../../src/privacy/index.js';

const scopeOf = (schema: BoundedSchema) => toDomainScope(toDomain(schema));

/** The same schema without anything but what it says of itself as JSON Schema. */
function asDescribed(schema: z.ZodType): BoundedSchema {
  return { '~standard': schema['~standard'] } as unknown as BoundedSchema;
}

/** What TypeScript makes of `enum Level { low, high }`. */
const Level = { low: 0, high: 1, 0: 'low', 1: 'high' } as const;

describe('a zod schema that is read by its definition', () => {
  it.each<[string, z.ZodType]>([
    ['an enum', z.enum(['a', 'b'])],
    ['an enum under other names', z.enum({ A: 'a', B: 'b' })],
    ['a literal', z.literal('a')],
    ['several literals', z.literal(['a', 1, true])],
    ['a boolean', z.boolean()],
    ['a number', z.number().min(0).max(5)],
    ['a number with several bounds', z.number().min(0).min(2).max(9).max(5)],
    ['a number with excluded bounds', z.number().gt(0).lt(5)],
    ['a number with an included and an excluded bound', z.number().min(0).gt(0).max(5).lt(5)],
    ['a whole number', z.int().min(0).max(5)],
    ['a number that is made whole later', z.number().min(0).max(5).int()],
    ['a number that is coerced', z.coerce.number().min(0).max(5)],
    ['an optional value', z.enum(['a']).optional()],
    ['a nullable value', z.int().min(0).max(5).nullable()],
    ['both', z.boolean().nullish()],
    ['a described value', z.enum(['a']).describe('a label')],
    ['a branded value', z.enum(['a']).brand('b')],
  ])('is what zod says of it: %s', (_what, schema) => {
    expect(describeZod(schema)).toBeDefined();
    expect(scopeOf(schema)).toEqual(scopeOf(asDescribed(schema)));
  }); // biome-ignore format: one table

  it('is what zod says of it, for any bounds', () => {
    const bound = fc.oneof(
      fc.integer({ min: -1e6, max: 1e6 }),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    );
    const step = fc.record({ name: fc.constantFrom('min', 'gt', 'max', 'lt'), bound });
    fc.assert(
      fc.property(fc.boolean(), fc.array(step, { maxLength: 5 }), (isWhole, steps) => {
        let schema: z.ZodNumber = isWhole ? z.int() : z.number();
        for (const { name, bound: value } of steps) schema = schema[name as 'min'](value);
        expect(orRefusal(() => scopeOf(schema))).toEqual(orRefusal(() => scopeOf(asDescribed(schema))));
      }),
    );
  });

  it('does not have zod describe it', () => {
    const schema = z.enum(['a']);
    const describe = vi.spyOn(schema['~standard'].jsonSchema, 'input');
    toDomain(schema);
    expect(describe).not.toHaveBeenCalled();
    toDomain(asDescribed(schema));
    expect(describe).toHaveBeenCalled();
  });
});

describe('a zod schema that has to describe itself', () => {
  it.each<[string, unknown]>([
    ['an enum of numbers', z.enum(Level)],
    ['an enum of nothing', z.enum([])],
    ['a literal that is no label', z.literal(null)],
    ['a large literal', z.literal(1n)],
    ['a number of a format', z.int32()],
    ['a number with a refinement', z.number().min(0).max(9).refine((n) => n % 2 === 0)],
    ['a number with a check that is a function', z.number().min(0).max(9).check(() => {})],
    ['a multiple', z.number().min(0).max(9).multipleOf(3)],
    ['an enum with a refinement', z.enum(['a']).refine(() => true)],
    ['an optional value with a refinement', z.enum(['a']).optional().refine(() => true)],
    ['a value with a default', z.enum(['a']).default('a')],
    ['a list', z.array(z.boolean()).max(2)],
    ['a union', z.union([z.boolean(), z.literal('a')])],
    ['a string', z.string()],
    ['nothing of zod’s', { '~standard': { vendor: 'zod' } }],
    ['a definition that is none', { _zod: { def: { type: 'number', checks: [{}] } } }],
    ['a class', class {}],
  ])('is %s', (_what, schema) => {
    expect(describeZod(schema)).toBeUndefined();
  }); // biome-ignore format: one table
});

it('tells how a number becomes bounded', () => {
  expect(() => toDomain(z.int().min(0))).toThrow(/add \.min\(\) and \.max\(\)/);
});

function orRefusal(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return (error as { code: string }).code;
  }
}
