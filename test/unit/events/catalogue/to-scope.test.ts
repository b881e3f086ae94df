import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isConsentScope } from '../../../../src/events/catalogue/is-consent-scope.js';
import { toCatalogueScope } from '../../../../src/events/catalogue/to-scope.js';
import {
  BUILT_IN_EVENTS,
  compareScopes,
  createCatalogue,
  type DomainScope,
  defineEvent,
  type FieldScope,
  type FieldScopes,
  isWidening,
  toConsentScope,
} from '../../../../src/events/index.js';
import { sha256, toCanonicalJson } from '../../../../src/internal/index.js';
import {
  aggregate,
  bool,
  boolean,
  count,
  type Domain,
  dateBucket,
  distribution,
  event,
  type FieldDeclaration,
  forbidden,
  hash,
  integer,
  label,
  listOf,
  nested,
  number,
  oneOf,
  pattern,
  plain,
  presenceMap,
  routeTemplate,
  textCount,
  toDomainScope,
} from '../../../../src/privacy/index.js';

type Fields = Record<string, Pick<FieldDeclaration<never>, 'rule'>>;

const INPUT = {
  app: 'acme',
  recipient: 'https://relay.example',
  distinctId: 'session',
  untyped: false,
} as const;
const scopeOf = (...classes: readonly object[]) => toConsentScope({ ...INPUT, classes });
const fieldsOf = (fields: Fields) => scopeOf(defineEvent('e', fields)).events.e?.fields;
const eventOf = (...classes: readonly object[]) => scopeOf(...classes).events.e;

class Inner {
  @count() rows = [];
  @nested(() => Inner) inner: Inner | undefined;
}

describe('what a yes covers', () => {
  it.each<[string, Pick<FieldDeclaration<never>, 'rule'>, FieldScope]>([
    ['boolean', boolean(), { conversion: 'boolean' }],
    ['count', count(), { conversion: 'count' }],
    ['text_count', textCount(), { conversion: 'text_count' }],
    ['presence_map', presenceMap(), { conversion: 'presence_map' }],
    ['aggregate', aggregate('p95'), { conversion: 'aggregate', aggregate: 'p95' }],
    ['rounded aggregate', aggregate('mean', { decimals: 0 }), { conversion: 'aggregate', aggregate: 'mean', decimals: 0 }],
    ['distribution', distribution(['b', 'a']), { conversion: 'distribution', labels: ['a', 'b'] }],
    ['hash', hash(), { conversion: 'hash', identity: 'a', scope: 'installation' }],
    ['hash of a session', hash({ identity: 'user', scope: 'session' }), { conversion: 'hash', identity: 'user', scope: 'session' }],
    ['plain', plain(bool()), { conversion: 'plain', domain: { kind: 'boolean' } }],
    ['until a day', count({ expires: '2027-01-31' }), { conversion: 'count', expires: '2027-01-31' }],
    [
      'nested, also inside itself',
      nested(() => Inner),
      {
        conversion: 'nested',
        fields: { rows: { conversion: 'count' }, inner: { conversion: 'nested', fields: {}, isRecursive: true } },
      },
    ],
  ])('says of a field: %s', (_what, declaration, expected) => {
    expect(fieldsOf({ a: declaration })).toEqual({ a: expected });
  }); // biome-ignore format: one table

  it('tells apart which of the classes around it a class is inside of again', () => {
    class Folder {
      @count() files: unknown[] = [];
      @nested(() => Group) group: Group | undefined;
    }
    class Group {
      @count() people: unknown[] = [];
      @nested((): (new () => object) => (isWider ? Folder : Group)) inner: object | undefined;
    }
    let isWider = false;
    const before = fieldsOf({ folder: nested(() => Folder) });
    isWider = true;
    const after = fieldsOf({ folder: nested(() => Folder) });
    const agreed = { ...scopeOf(), events: { e: { undeclared: false, fields: before ?? {} } } };
    const current = { ...scopeOf(), events: { e: { undeclared: false, fields: after ?? {} } } };
    expect(isConsentScope(JSON.parse(JSON.stringify(current)))).toBe(true);
    expect(
      compareScopes(agreed, current)
        .filter(isWidening)
        .map(({ path }) => path),
    ).toEqual(['e.folder.group.inner']);
  });

  it('names what leaves, and nothing that never does', () => {
    expect(
      fieldsOf({
        query: textCount({ as: 'q', withToolsOverPrivacy: 'redact', expires: '2027-01-31' }),
        secret: forbidden(),
        empty: nested(() => class {}),
      }),
    ).toEqual({
      q: { conversion: 'text_count', expires: '2027-01-31' },
      q_redacted: { conversion: 'redacted', expires: '2027-01-31' },
    });
  });

  it('says what is forbidden only where anything else may leave', () => {
    const fields = { b: forbidden(), a: forbidden() };
    expect(eventOf(defineEvent('e', fields))).toEqual({ undeclared: false, fields: {} });
    expect(eventOf(defineEvent('e', fields, { undeclared: 'plain' }))).toEqual({
      undeclared: true,
      forbidden: ['a', 'b'],
      fields: {},
    });
  });

  it.each([
    ['https://US.i.posthog.com', 'us.i.posthog.com'],
    ['http://127.0.0.1:7311/ingest', '127.0.0.1'],
    ['Relay.Example', 'relay.example'],
  ])('knows %s by the name of its host', (recipient, expected) => {
    expect(toConsentScope({ ...INPUT, classes: [], recipient }).recipient).toBe(expected);
  });

  it('takes classes that are no events for what sessions say', () => {
    class Plan {
      @plain(oneOf('free')) plan = 'free' as const;
    }
    const { session, events } = scopeOf(Plan, class {}, Math.max);
    expect(session).toEqual({ plan: { conversion: 'plain', domain: { kind: 'enum', labels: ['free'] } } });
    expect(events).toEqual({});
    expect(createCatalogue('acme', [Plan]).session.map(({ name }) => name)).toEqual(['plan']);
  });

  it('says what every event says', () => {
    expect(Object.keys(scopeOf().common)).toEqual(createCatalogue('acme', []).common.map(({ name }) => name));
  });

  it('names in the catalogue’s version its own hash', () => {
    const { events, common, session } = scopeOf(...BUILT_IN_EVENTS, Inner);
    const { version } = createCatalogue('acme', [...BUILT_IN_EVENTS, Inner]);
    expect(version).toBe(sha256(toCanonicalJson({ events, common, session })));
  });

  it('can be kept in a file and read back', () => {
    const scope = scopeOf(
      ...BUILT_IN_EVENTS,
      Inner,
      defineEvent('e', { a: count({ expires: '2027-01-31' }) }),
    );
    const read: unknown = JSON.parse(toCanonicalJson(scope));
    expect(isConsentScope(read)).toBe(true);
    expect(read).toEqual(scope);
  });

  it('is none where a file nests it deeper than any class is, however deep', () => {
    const deep = (levels: number) => {
      const text = `${'{"conversion":"any_of","alternatives":['.repeat(levels)}{"conversion":"count"}${']}'.repeat(levels)}`;
      return { ...scopeOf(), session: { plan: JSON.parse(text) as unknown } };
    };
    expect(isConsentScope(deep(3))).toBe(true);
    for (const levels of [100, 1_000, 3_000, 6_000]) expect(isConsentScope(deep(levels))).toBe(false);
  });

  it('has every field that the catalogue names', () => {
    const classes = [...BUILT_IN_EVENTS, Inner];
    const { events } = toCatalogueScope('acme', classes);
    for (const { name, fields } of createCatalogue('acme', classes).events)
      expect(Object.keys(events[name]?.fields ?? {}).sort()).toEqual(
        [...new Set(fields.map((field) => field.name))].sort(),
      );
  });
});

describe('several classes of one name', () => {
  it('cover the fields of all, and one that they describe differently as any of them', () => {
    const [a, b, c] = [
      defineEvent('e', { a: count(), b: count() }),
      defineEvent('e', { b: boolean(), c: count() }),
      defineEvent('e', { b: count() }),
    ];
    expect(eventOf(a, b, c)?.fields).toEqual({
      a: { conversion: 'count' },
      b: { conversion: 'any_of', alternatives: [{ conversion: 'boolean' }, { conversion: 'count' }] },
      c: { conversion: 'count' },
    });
  });

  it('forbid what none of them lets pass', () => {
    const open = { undeclared: 'plain' } as const;
    const first = defineEvent('e', { a: forbidden(), b: forbidden() }, open);
    expect(eventOf(first, defineEvent('e', { b: forbidden() }, open))?.forbidden).toEqual(['b']);
    expect(eventOf(first, defineEvent('e', {}))?.forbidden).toEqual(['a', 'b']);
    expect(eventOf(first, defineEvent('e', {}, open))).not.toHaveProperty('forbidden');
  });

  it('end with the last of them, each field with its own class', () => {
    const early = defineEvent(
      'e',
      { a: count(), b: count({ expires: '2026-01-01' }) },
      { expires: '2027-01-01' },
    );
    const late = defineEvent('e', { c: count() }, { expires: '2028-01-01' });
    expect(eventOf(early, late)).toEqual({
      undeclared: false,
      expires: '2028-01-01',
      fields: {
        a: { conversion: 'count', expires: '2027-01-01' },
        b: { conversion: 'count', expires: '2026-01-01' },
        c: { conversion: 'count' },
      },
    });
    expect(eventOf(early, defineEvent('e', {}))).not.toHaveProperty('expires');
    const [described] = createCatalogue('acme', [early, late]).events;
    expect(described?.expires).toBe('2028-01-01');
    expect(described?.fields.map(({ expires }) => expires)).toEqual(['2027-01-01', '2026-01-01', undefined]);
  });

  it('cover the same in any order', () => {
    const day = fc.constantFrom(undefined, '2026-01-01', '2027-01-01', '2028-01-01');
    type Declare = (options: { readonly expires?: string }) => Pick<FieldDeclaration<never>, 'rule'>;
    const rule = fc.constantFrom<Declare[]>(count, boolean, textCount, () => forbidden());
    const field = fc.record({ rule, expires: day });
    const schema = fc
      .record({
        a: field,
        b: field,
        expires: day,
        undeclared: fc.constantFrom('plain' as const, 'drop' as const),
      })
      .map(({ a, b, expires, undeclared }) => {
        const declare = ({ rule: make, expires: until }: typeof a) =>
          make(until === undefined ? {} : { expires: until });
        const options = expires ? { undeclared, expires } : { undeclared };
        return defineEvent('e', { a: declare(a), b: declare(b) }, options);
      });
    fc.assert(
      fc.property(fc.array(schema, { minLength: 2, maxLength: 4 }), fc.gen(), (classes, gen) => {
        const shuffled = gen(fc.shuffledSubarray, classes, { minLength: classes.length });
        expect(toCanonicalJson(scopeOf(...shuffled))).toBe(toCanonicalJson(scopeOf(...classes)));
      }),
    );
  });
});

describe('the values of a plain field', () => {
  const odd: Domain = { ...bool(), kind: 'any_of', description: 'in words' };
  it.each<[Domain, DomainScope]>([
    [bool(), { kind: 'boolean' }],
    [number({ min: -1, max: 1 }), { kind: 'number', min: -1, max: 1, integer: false }],
    [
      number({ min: 0, max: 1, decimals: 0 }),
      { kind: 'number', min: 0, max: 1, integer: false, decimals: 0 },
    ],
    [integer({ min: 0, max: 9 }), { kind: 'number', min: 0, max: 9, integer: true }],
    [oneOf<string | number | boolean>('b', 'a', 2, true), { kind: 'enum', labels: ['a', 'b', 2, true] }],
    [oneOf('a').or('other'), { kind: 'enum', labels: ['a'], fallback: 'other' }],
    [pattern(/^v\d{1,2}$/), { kind: 'pattern', source: '^v\\d{1,2}$' }],
    [dateBucket('month'), { kind: 'date_bucket', bucket: 'month' }],
    [listOf(bool(), { maxMembers: 3 }), { kind: 'list', member: { kind: 'boolean' }, maxMembers: 3 }],
    [label, { kind: 'pattern', source: 'sotto:label' }],
    [routeTemplate, { kind: 'pattern', source: 'sotto:route_template' }],
    [odd, { kind: 'pattern', source: 'sotto:in words' }],
  ])('are data', (domain, expected) => {
    expect(toDomainScope(domain)).toEqual(expected);
  });

  it('are the same whoever declares them', () => {
    const scopeOfSchema = (schema: z.ZodType) => {
      const field = fieldsOf({ a: plain(schema as never) })?.a;
      return field?.conversion === 'plain' ? field.domain : undefined;
    };
    expect(scopeOfSchema(z.enum(['b', 'a']))).toEqual(toDomainScope(oneOf('a', 'b')));
    expect(scopeOfSchema(z.number().min(0).max(9))).toEqual(toDomainScope(number({ min: 0, max: 9 })));
    expect(scopeOfSchema(z.int().min(0).max(9))).toEqual(toDomainScope(integer({ min: 0, max: 9 })));
    expect(scopeOfSchema(z.union([z.boolean(), z.literal('x')]))).toEqual(
      scopeOfSchema(z.union([z.literal('x'), z.boolean()])),
    );
  });

  it('stay data where a subclass narrows them', () => {
    @event('e')
    class Parent {
      @plain(number({ min: 0, max: 9 })) a = 1;
    }
    @event('child')
    class Child extends Parent {
      @plain(number({ min: 1, max: 2 })) override a = 1;
    }
    expect(scopeOf(Child).events.child?.fields.a).toMatchObject({ domain: { min: 1, max: 2 } });
  });

  it('have no text of Sotto’s own that is known by its words only: a reworded one would be another', () => {
    const sources = [...textsOf(scopeOf(...BUILT_IN_EVENTS).events)].filter((source) =>
      source.startsWith('sotto:'),
    );
    expect(sources.length).toBeGreaterThan(5);
    for (const source of sources) expect(source).toMatch(/^sotto:[a-z]+(?:_[a-z]+)*$/);
  });
});

/** The `source` of every pattern, at any depth. */
function* textsOf(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value as FieldScopes)) {
    if (key === 'source') yield String(inner);
    else yield* textsOf(inner);
  }
}
