import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { toDomain } from '../../../../src/privacy/domains/index.js';
import type { BoundedSchema } from '../../../../src/privacy/index.js';

const REFUSED = undefined;

/** The least of what Standard Schema and Standard JSON Schema ask for. */
function foreignSchema(jsonSchema: unknown, validate: (value: unknown) => unknown = (value) => ({ value })) {
  const converter = { input: () => jsonSchema, output: () => jsonSchema };
  return {
    '~standard': { version: 1, vendor: 'foreign', validate, jsonSchema: converter },
  } as unknown as BoundedSchema;
}

describe('a zod schema', () => {
  it.each<[string, z.ZodType, unknown, unknown]>([
    ['a member of an enum', z.enum(['a', 'b']), 'a', 'a'],
    ['no member of an enum', z.enum(['a', 'b']), 'secret', REFUSED],
    ['a literal', z.literal('a'), 'a', 'a'],
    ['one of several literals', z.literal(['a', 1, true]), 1, 1],
    ['a boolean', z.boolean(), true, true],
    ['a number in bounds', z.number().min(0).max(5), 5, 5],
    ['a number out of bounds', z.number().min(0).max(5), 6, REFUSED],
    ['an excluded bound', z.number().positive().max(5), 0, REFUSED],
    ['a whole number', z.int().min(0).max(5), 2, 2],
    ['a broken number', z.int().min(0).max(5), 2.5, REFUSED],
    ['what a refinement allows', z.number().min(0).max(9).refine((n) => n % 2 === 0), 4, 4],
    ['what a refinement refuses', z.number().min(0).max(9).refine((n) => n % 2 === 0), 5, REFUSED],
    ['a multiple', z.number().min(0).max(9).multipleOf(3), 6, 6],
    ['no multiple', z.number().min(0).max(9).multipleOf(3), 7, REFUSED],
    ['a text that would be coerced', z.coerce.number().min(0).max(5) as z.ZodType<number>, '3', REFUSED],
    ['a number that needs no coercion', z.coerce.number().min(0).max(5) as z.ZodType<number>, 3, 3],
    ['a value that is caught', z.enum(['a']).catch('a'), 'secret', REFUSED],
    ['the input of a transformation', z.enum(['a']).transform(() => 'b') as unknown as z.ZodType, 'a', 'a'],
    ['an optional value', z.enum(['a']).optional(), 'a', 'a'],
    ['a nullable value', z.enum(['a']).nullable(), 'a', 'a'],
    ['a nullable truth', z.boolean().nullable(), true, true],
    ['a branded value', z.enum(['a']).brand('b'), 'a', 'a'],
    ['a union', z.union([z.literal('auto'), z.number().min(0).max(1)]), 0.5, 0.5],
    ['a discriminating union’s outside', z.union([z.literal('auto'), z.number().min(0).max(1)]), 'x', REFUSED],
    ['a closed pattern', z.string().regex(/^\d{1,3}\.\d{1,3}$/), '1.2', '1.2'],
    ['outside a closed pattern', z.string().regex(/^\d{1,3}\.\d{1,3}$/), '1.2.secret', REFUSED],
    ['a calendar date', z.iso.date(), '2026-11-21', '2026-11-21'],
    ['no calendar date', z.iso.date(), '2026-13-41', REFUSED],
    ['a list', z.array(z.enum(['a', 'b'])).max(2), ['a', 'b'], ['a', 'b']],
    ['a list that is too long', z.array(z.enum(['a', 'b'])).max(2), ['a', 'b', 'a'], REFUSED],
    ['a refinement that throws', z.enum(['a']).refine(() => { throw new Error('refined'); }), 'b', REFUSED],
  ])('encodes %s', (_what, schema, value, expected) => {
    expect(toDomain(schema as BoundedSchema).encode(value)).toStrictEqual(expected);
  }); // biome-ignore format: one table

  it.each<[string, z.ZodType]>([
    ['a string', z.string()],
    ['a short string', z.string().max(3)],
    ['a string with a prefix', z.string().startsWith('v').max(5)],
    ['an unbounded pattern', z.string().regex(/^\d+$/)],
    ['two patterns', z.string().regex(/^[a-z]{2}$/).regex(/^a/)],
    ['a template literal with a number', z.templateLiteral(['v', z.number()])],
    ['a UUID', z.uuid()],
    ['a GUID', z.guid()],
    ['a nanoid', z.nanoid()],
    ['a ULID', z.ulid()],
    ['a CUID', z.cuid2()],
    ['a KSUID', z.ksuid()],
    ['an XID', z.xid()],
    ['a hash', z.hash('md5')],
    ['a phone number', z.e164()],
    ['an IPv4 address', z.ipv4()],
    ['an IPv6 address', z.ipv6()],
    ['a network', z.cidrv4()],
    ['an e-mail address', z.email()],
    ['an address', z.url()],
    ['a point in time', z.iso.datetime()],
    ['a time of day', z.iso.time()],
    ['a date object', z.date()],
    ['a number', z.number()],
    ['a whole number', z.int()],
    ['a number with one bound', z.number().min(0)],
    ['a bigint', z.bigint()],
    ['anything', z.any()],
    ['something unknown', z.unknown()],
    ['an object', z.object({ a: z.boolean() })],
    ['a record', z.record(z.string(), z.boolean())],
    ['a set', z.set(z.boolean())],
    ['a tuple', z.tuple([z.boolean()])],
    ['a list of strings', z.array(z.string()).max(2)],
    ['an intersection', z.intersection(z.string(), z.enum(['a']))],
    ['a union with a string', z.union([z.enum(['a']), z.string()])],
    ['a string piped into an enum', z.string().pipe(z.enum(['a'])) as unknown as z.ZodType],
    ['itself', z.lazy(() => z.string())],
  ])('is refused when it admits %s', (_what, schema) => {
    expect(() => toDomain(schema as BoundedSchema)).toThrow(
      expect.objectContaining({ name: 'ConfigError', code: 'PLAIN_UNBOUNDED' }),
    );
  }); // biome-ignore format: one table

  it('drops what only an asynchronous refinement could decide', () => {
    const domain = toDomain(z.enum(['a']).refine(async () => true));
    expect(domain.encode('a')).toBeUndefined();
  });
});

describe('a schema of another library', () => {
  it('is read by its JSON Schema', () => {
    const domain = toDomain(foreignSchema({ type: 'integer', minimum: 0, maximum: 9 }));
    expect(domain.encode(3)).toBe(3);
    expect(domain.encode(10)).toBeUndefined();
  });

  it('may say that it takes null too', () => {
    const domain = toDomain(foreignSchema({ type: ['integer', 'null'], minimum: 0, maximum: 9 }));
    expect(domain.encode(3)).toBe(3);
    expect(domain.encode('3')).toBeUndefined();
  });

  it.each<[string, unknown]>([
    ['cannot describe itself', { '~standard': { version: 1, vendor: 'v', validate: () => ({ value: 1 }) } }],
    ['describes itself with an unreadable pattern', foreignSchema({ type: 'string', pattern: '^(a$' })],
    ['describes itself without a type', foreignSchema({})],
    ['allows any label', foreignSchema({ enum: [{ a: 1 }] })],
    ['refers to another schema', foreignSchema({ $ref: '#/$defs/a' })],
    ['is no schema at all', { type: 'string' }],
    ['is nothing', undefined],
    ['is a class', class Foreign {}],
  ])('is refused when it %s', (_what, schema) => {
    expect(() => toDomain(schema as BoundedSchema)).toThrow(
      expect.objectContaining({ code: 'PLAIN_UNBOUNDED' }),
    );
  });

  it('drops what is decided later, without an unhandled rejection', async () => {
    const rejected = vi.fn();
    process.on('unhandledRejection', rejected);
    const domain = toDomain(foreignSchema({ type: 'boolean' }, () => Promise.reject(new Error('later'))));
    expect(domain.encode(true)).toBeUndefined();
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', rejected);
    expect(rejected).not.toHaveBeenCalled();
  });

  it.each<[string, unknown]>([
    ['finds issues', { issues: [{ message: 'no' }] }],
    ['answers with something of its own', { thenable: true }],
    ['answers nothing', {}],
  ])('lets nothing pass when its validation %s', (_what, answer) => {
    const domain = toDomain(foreignSchema({ type: 'boolean' }, () => answer));
    expect(domain.encode(true)).toBeUndefined();
  });
});
