import fc from 'fast-check';
import { type ConsentScope, defineEvent, toConsentScope } from '../../../../src/events/index.js';
import {
  type AggregateFunction,
  aggregate,
  bool,
  boolean,
  count,
  type Domain,
  dateBucket,
  distribution,
  forbidden,
  hash,
  integer,
  listOf,
  nested,
  number,
  oneOf,
  pattern,
  plain,
  presenceMap,
  textCount,
} from '../../../../src/privacy/index.js';

/** A domain as a test describes it, so that it can be made, narrowed and asked about. */
export type DomainSpec =
  | { readonly kind: 'bool' }
  | { readonly kind: 'enum'; readonly labels: readonly string[]; readonly fallback: string | undefined }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | {
      readonly kind: 'number';
      readonly min: number;
      readonly max: number;
      readonly decimals: number | undefined;
    }
  | { readonly kind: 'pattern'; readonly expression: RegExp }
  | { readonly kind: 'date'; readonly bucket: (typeof BUCKETS)[number] }
  | { readonly kind: 'list'; readonly member: DomainSpec; readonly maxMembers: number };

/** A field as a test describes it. */
export type FieldSpec = { readonly expires: string | undefined } & (
  | { readonly conversion: 'boolean' | 'count' | 'presence_map' | 'forbidden' }
  | { readonly conversion: 'text_count'; readonly isRedacted: boolean }
  | {
      readonly conversion: 'aggregate';
      readonly aggregate: AggregateFunction;
      readonly decimals: number | undefined;
    }
  | { readonly conversion: 'distribution'; readonly labels: readonly string[] }
  | { readonly conversion: 'hash'; readonly identity: string; readonly scope: 'installation' | 'session' }
  | { readonly conversion: 'nested'; readonly fields: FieldSpecs }
  | { readonly conversion: 'plain'; readonly domain: DomainSpec }
);
export type FieldSpecs = Readonly<Record<string, FieldSpec>>;

export interface EventSpec {
  readonly expires: string | undefined;
  readonly isOpen: boolean;
  readonly fields: FieldSpecs;
}
export interface CatalogueSpec {
  readonly untyped: boolean;
  readonly events: Readonly<Record<string, EventSpec>>;
}

export const BUCKETS = ['year', 'month', 'day', 'hour'] as const;
const DAYS = [undefined, undefined, undefined, '2026-01-01', '2027-01-01', '2028-01-01'];
const LABELS = ['a', 'b', 'c', 'd'];

const labels = fc.subarray(LABELS, { minLength: 1 });
const bounds = fc
  .tuple(fc.constantFrom(0, 1, 1.25, 2), fc.constantFrom(3, 3.75, 5, 10))
  .map(([min, max]) => ({ min, max }));
const decimals = fc.constantFrom(undefined, 0, 1, 2);

const scalarDomain: fc.Arbitrary<DomainSpec> = fc.oneof(
  fc.constant({ kind: 'bool' } as const),
  fc
    .tuple(labels, fc.constantFrom(undefined, undefined, 'other', 'a'))
    .map(([members, fallback]) => ({ kind: 'enum', labels: members, fallback }) as const),
  bounds.map(({ min, max }) => ({ kind: 'integer', min: Math.ceil(min), max: Math.floor(max) }) as const),
  fc.tuple(bounds, decimals).map(([b, d]) => ({ kind: 'number', ...b, decimals: d }) as const),
  fc.constantFrom(/^\d{1,2}$/, /^\d{1,3}$/).map((expression) => ({ kind: 'pattern', expression }) as const),
  fc.constantFrom(...BUCKETS).map((bucket) => ({ kind: 'date', bucket }) as const),
);
export const domainSpec: fc.Arbitrary<DomainSpec> = fc.oneof(
  { weight: 4, arbitrary: scalarDomain },
  {
    weight: 1,
    arbitrary: fc
      .tuple(scalarDomain, fc.integer({ min: 1, max: 3 }))
      .map(([member, maxMembers]) => ({ kind: 'list', member, maxMembers }) as const),
  },
);

const expires = fc.constantFrom(...DAYS);
const withExpiry = <T extends object>(arbitrary: fc.Arbitrary<T>) =>
  fc.tuple(arbitrary, expires).map(([spec, day]) => ({ ...spec, expires: day }));

const flatField: fc.Arbitrary<FieldSpec> = withExpiry(
  fc.oneof(
    fc
      .constantFrom('boolean', 'count', 'presence_map', 'forbidden')
      .map((conversion) => ({ conversion }) as const),
    fc.boolean().map((isRedacted) => ({ conversion: 'text_count', isRedacted }) as const),
    fc
      .tuple(fc.constantFrom('sum', 'max'), decimals)
      .map(([f, d]) => ({ conversion: 'aggregate', aggregate: f, decimals: d }) as const),
    labels.map((members) => ({ conversion: 'distribution', labels: members }) as const),
    fc
      .tuple(fc.constantFrom('one', 'two'), fc.constantFrom('installation', 'session'))
      .map(([identity, scope]) => ({ conversion: 'hash', identity, scope }) as const),
    domainSpec.map((d) => ({ conversion: 'plain', domain: d }) as const),
  ),
);

export const fieldSpec: fc.Arbitrary<FieldSpec> = fc.oneof(
  { weight: 5, arbitrary: flatField },
  {
    weight: 1,
    arbitrary: withExpiry(fieldsOf(flatField).map((fields) => ({ conversion: 'nested', fields }) as const)),
  },
);

function fieldsOf(field: fc.Arbitrary<FieldSpec>): fc.Arbitrary<FieldSpecs> {
  return fc.dictionary(fc.constantFrom('f', 'g', 'h'), field, { noNullPrototype: true });
}

const eventSpec: fc.Arbitrary<EventSpec> = fc.record({
  expires,
  isOpen: fc.boolean(),
  fields: fieldsOf(fieldSpec),
});

export const catalogueSpec: fc.Arbitrary<CatalogueSpec> = fc.record({
  untyped: fc.boolean(),
  events: fc.dictionary(fc.constantFrom('first', 'second', 'third'), eventSpec, { noNullPrototype: true }),
});

/** What may stand in a field, fitting or not. */
export const SCALARS: readonly unknown[] = [
  null,
  'a',
  'b',
  'c',
  'd',
  'zz',
  '7',
  '123',
  'mail ada@example.com',
  0,
  0.5,
  1,
  1.25,
  2.345,
  3,
  3.75,
  4.5,
  7,
  10,
  true,
  false,
  new Date('2026-03-04T05:06:07Z'),
];
const scalar: fc.Arbitrary<unknown> = fc.constantFrom(...SCALARS);
export const rawFields: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc.dictionary(
  fc.constantFrom('f', 'g', 'h', 'i'),
  fc.oneof(
    scalar,
    fc.array(scalar, { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('f', 'g', 'h'), scalar, { noNullPrototype: true }),
    fc.array(fc.dictionary(fc.constantFrom('f', 'g', 'h'), scalar, { noNullPrototype: true }), {
      maxLength: 2,
    }),
  ),
  { noNullPrototype: true },
);

export function toDomain(spec: DomainSpec): Domain {
  switch (spec.kind) {
    case 'bool':
      return bool();
    case 'enum': {
      const closed = oneOf(...spec.labels);
      return spec.fallback === undefined ? closed : closed.or(spec.fallback);
    }
    case 'integer':
      return integer(spec);
    case 'number': {
      const { min, max, decimals: places } = spec;
      return number({ min, max, ...(places === undefined ? {} : { decimals: places }) });
    }
    case 'pattern':
      return pattern(spec.expression);
    case 'date':
      return dateBucket(spec.bucket);
    case 'list':
      return listOf(toDomain(spec.member), { maxMembers: spec.maxMembers });
    default:
      return spec satisfies never;
  }
}

function toDeclaration(spec: FieldSpec) {
  const until = spec.expires === undefined ? {} : { expires: spec.expires };
  switch (spec.conversion) {
    case 'boolean':
      return boolean(until);
    case 'count':
      return count(until);
    case 'presence_map':
      return presenceMap(until);
    case 'forbidden':
      return forbidden();
    case 'text_count':
      return textCount({ ...until, ...(spec.isRedacted && { withToolsOverPrivacy: 'redact' as const }) });
    case 'aggregate':
      return aggregate(spec.aggregate, {
        ...until,
        ...(spec.decimals === undefined ? {} : { decimals: spec.decimals }),
      });
    case 'distribution':
      return distribution(spec.labels, until);
    case 'hash':
      return hash({ ...until, identity: spec.identity, scope: spec.scope });
    case 'nested': {
      const inner = toClass('inner', { expires: undefined, isOpen: false, fields: spec.fields });
      return nested(() => inner, until);
    }
    case 'plain':
      return plain(toDomain(spec.domain), until);
    default:
      return spec satisfies never;
  }
}

function toClass(name: string, spec: EventSpec): new () => object {
  const declarations = Object.fromEntries(
    Object.entries(spec.fields).map(([field, fieldOf_]) => [field, toDeclaration(fieldOf_)]),
  );
  return defineEvent(name, declarations as never, {
    undeclared: spec.isOpen ? 'plain' : 'drop',
    ...(spec.expires === undefined ? {} : { expires: spec.expires }),
  }) as never;
}

/** Real classes, and what they come to as a scope. */
export function toCatalogue({ untyped, events }: CatalogueSpec): {
  readonly classes: ReadonlyMap<string, new () => object>;
  readonly scope: ConsentScope;
} {
  const classes = new Map(Object.entries(events).map(([name, spec]) => [name, toClass(name, spec)]));
  const scope = toConsentScope({
    app: 'acme',
    classes: [...classes.values()],
    recipient: 'https://eu.example.com',
    distinctId: 'session',
    untyped,
  });
  return { classes, scope };
}
