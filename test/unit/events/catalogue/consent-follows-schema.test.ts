import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareScopes, isWidening, toHeldBack } from '../../../../src/events/index.js';
import {
  createSanitizer,
  type Envelope,
  type HeldBack,
  type JsonObject,
  type JsonValue,
  NOTHING_HELD,
} from '../../../../src/privacy/index.js';
import { type Draw, draw, narrowCatalogue, narrowDomain, narrowField } from './narrow-spec.js';
import {
  BUCKETS,
  type CatalogueSpec,
  catalogueSpec,
  type DomainSpec,
  domainSpec,
  type EventSpec,
  type FieldSpec,
  type FieldSpecs,
  fieldSpec,
  rawFields,
  SCALARS,
  toCatalogue,
  toDomain,
} from './scope-arbitraries.js';

const NOW_MS = Date.parse('2026-06-01T00:00:00Z');
const ENVELOPE: Envelope = { uuid: '', distinctId: '', timestampMs: 0, common: {} as Envelope['common'] };

/** The real door; what a hash is made with can be read from it. */
function pass(event: object, heldBack: HeldBack): JsonObject | undefined {
  const told = (scope: string) => (_value: unknown, identity: string) => `hash:${scope}:${identity}`;
  const door = createSanitizer({
    app: 'acme',
    hashes: { installation: () => told('installation'), session: () => told('session') },
    toolsOverPrivacy: () => true,
    countDrop: () => {},
    now: () => NOW_MS,
    heldBack: () => heldBack,
    reportMissingField: () => {},
  });
  return door.typed(event, ENVELOPE)?.properties;
}

const isOver = (expires: string | undefined) => expires !== undefined && NOW_MS >= Date.parse(expires);

/** Everything in a payload that the old catalogue did not let leave, each as a path. Knows nothing of scopes. */
function beyond(old: EventSpec | undefined, now: EventSpec, payload: JsonObject, untyped: boolean): string[] {
  if (old === undefined)
    return untyped ? Object.keys(payload).filter((name) => name.endsWith('_redacted')) : ['the event'];
  if (isOver(old.expires)) return ['the event, which is over'];
  return beyondFields(old.fields, now.fields, payload, old.isOpen);
}

function beyondFields(old: FieldSpecs, now: FieldSpecs, payload: JsonObject, isOpen: boolean): string[] {
  return Object.entries(payload).flatMap(([name, value]) => {
    if (name === '$truncated') return [];
    const redacted = /^(.*)_redacted$/.exec(name)?.[1];
    const before = old[redacted ?? name];
    if (before === undefined || before.conversion === 'forbidden')
      return isOpen && before === undefined && now[redacted ?? name] === undefined ? [] : [name];
    if (redacted !== undefined)
      return before.conversion === 'text_count' && before.isRedacted && !isOver(before.expires) ? [] : [name];
    return isOver(before.expires) ? [`${name}, which is over`] : beyondField(name, before, now[name], value);
  });
}

const DERIVED = ['boolean', 'count'];
const TELLS_NO_COUNT = ['plain', 'boolean', 'text_count', 'aggregate', 'hash'];

function beyondField(name: string, old: FieldSpec, now: FieldSpec | undefined, value: JsonValue): string[] {
  if (now === undefined) return [`${name}, undeclared now`];
  if (value === null) return [];
  if (old.conversion === 'nested' && now.conversion === 'nested')
    return (Array.isArray(value) ? value : [value]).flatMap((member) =>
      beyondFields(old.fields, now.fields, member as JsonObject, false).map((path) => `${name}.${path}`),
    );
  if (old.conversion === now.conversion) return couldSay(old, value) ? [] : [name];
  const isDerived =
    DERIVED.includes(now.conversion) &&
    !(now.conversion === 'count' && TELLS_NO_COUNT.includes(old.conversion));
  return isDerived ? [] : [name];
}

function couldSay(old: FieldSpec, value: JsonValue): boolean {
  switch (old.conversion) {
    case 'plain':
      return isValueOf(old.domain, value);
    case 'hash':
      return (
        value === `hash:session:${old.identity}` ||
        (old.scope === 'installation' && value === `hash:installation:${old.identity}`)
      );
    case 'distribution':
      return Object.keys(value as object).every((label) => label === 'other' || old.labels.includes(label));
    case 'aggregate':
      return old.decimals === undefined || Number((value as number).toFixed(old.decimals)) === value;
    default:
      return true;
  }
}

/** A coarser date is told by a finer one. */
function isValueOf(domain: DomainSpec, value: JsonValue): boolean {
  if (domain.kind === 'date')
    return typeof value === 'string' && value.length <= [4, 7, 10, 13][BUCKETS.indexOf(domain.bucket)]!;
  if (domain.kind === 'list')
    return (
      Array.isArray(value) &&
      value.length <= domain.maxMembers &&
      value.every((member) => isValueOf(domain.member, member as JsonValue))
    );
  if (domain.kind === 'enum') return [...domain.labels, domain.fallback].includes(value as string);
  return toDomain(domain).encode(value) === value;
}

/** One version beside another: at random, or nearly the same, for the differences that are easily missed. */
const pairs = fc
  .tuple(catalogueSpec, catalogueSpec, draw, fc.constantFrom('other', 'narrower', 'wider'))
  .map(([a, b, pick, relation]): readonly [CatalogueSpec, CatalogueSpec] => {
    if (relation === 'other') return [a, b];
    const less = narrowCatalogue(a, pick);
    return relation === 'narrower' ? [a, less] : [less, a];
  });

const RUNS = { numRuns: 400 };

describe('consent that follows the schema', () => {
  it('lets nothing leave that the version agreed to did not let leave', () => {
    let left = 0;
    fc.assert(
      fc.property(pairs, rawFields, ([old, now], raw) => {
        const agreed = toCatalogue(old).scope;
        const { classes, scope } = toCatalogue(now);
        const held = toHeldBack(agreed, scope);
        for (const [name, schema] of classes) {
          const payload = pass(Object.assign(new schema(), raw), held);
          if (payload === undefined) continue;
          left += 1;
          expect(beyond(old.events[name], now.events[name] as EventSpec, payload, old.untyped)).toEqual([]);
        }
      }),
      RUNS,
    );
    // Nothing would be proved by events that are all held back.
    expect(left).toBeGreaterThan(80);
  });

  it('lets no value of a plain property leave that could not leave before', () => {
    const relations = fc.constantFrom('other', 'narrower', 'wider');
    fc.assert(
      fc.property(domainSpec, domainSpec, draw, relations, (a, b, pick, relation) => {
        const less = narrowDomain(a, pick);
        const [old, now] = { other: [a, b], narrower: [a, less], wider: [less, a] }[relation] as [
          DomainSpec,
          DomainSpec,
        ];
        const specOf = (domain: DomainSpec): CatalogueSpec => {
          const f: FieldSpec = { conversion: 'plain', domain, expires: undefined };
          return { untyped: false, events: { first: { expires: undefined, isOpen: false, fields: { f } } } };
        };
        const { classes, scope } = toCatalogue(specOf(now));
        const held = toHeldBack(toCatalogue(specOf(old)).scope, scope);
        const Event = classes.get('first') as new () => object;
        for (const value of [...SCALARS, ...SCALARS.map((member) => [member])]) {
          const { f } = pass(Object.assign(new Event(), { f: value }), held) ?? {};
          if (f !== undefined && f !== null) expect([f, isValueOf(old, f as JsonValue)]).toEqual([f, true]);
        }
      }),
      RUNS,
    );
  });

  it('holds nothing back of a version that says less, and asks nothing about it', () => {
    fc.assert(
      fc.property(catalogueSpec, draw, rawFields, (old, pick, raw) => {
        const agreed = toCatalogue(old).scope;
        const { classes, scope } = toCatalogue(narrowCatalogue(old, pick));
        expect(compareScopes(agreed, scope).filter(isWidening)).toEqual([]);
        const held = toHeldBack(agreed, scope);
        for (const schema of classes.values()) {
          const event = Object.assign(new schema(), raw);
          expect(pass(event, held)).toEqual(pass(event, NOTHING_HELD));
        }
      }),
      RUNS,
    );
  });

  it('finds no change between a version and itself, read from other classes or from a file', () => {
    fc.assert(
      fc.property(catalogueSpec, (spec) => {
        const { scope } = toCatalogue(spec);
        expect(compareScopes(scope, toCatalogue(spec).scope)).toEqual([]);
        expect(compareScopes(JSON.parse(JSON.stringify(scope)), scope)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('needs no yes for a version that neither of two steps needed one for', () => {
    const step = (from: FieldSpec, other: FieldSpec, pick: Draw, isNear: boolean) =>
      isNear ? narrowField(from, pick) : other;
    const scopeOf = (field: FieldSpec) =>
      toCatalogue({
        untyped: false,
        events: { first: { expires: undefined, isOpen: false, fields: { f: field } } },
      }).scope;
    const isFree = (from: FieldSpec, to: FieldSpec) =>
      !compareScopes(scopeOf(from), scopeOf(to)).some(isWidening);
    let free = 0;
    fc.assert(
      fc.property(
        fc.tuple(fieldSpec, fieldSpec, fieldSpec),
        draw,
        fc.boolean(),
        fc.boolean(),
        ([a, other, another], pick, isNear, isNearToo) => {
          const b = step(a, other, pick, isNear);
          const c = step(b, another, pick, isNearToo);
          if (!isFree(a, b) || !isFree(b, c)) return;
          free += 1;
          expect(isFree(a, c)).toBe(true);
        },
      ),
      RUNS,
    );
    expect(free).toBeGreaterThan(40);
  });

  it('lets everything of a version leave once it is agreed to', () => {
    fc.assert(
      fc.property(catalogueSpec, rawFields, (spec, raw) => {
        const { classes, scope } = toCatalogue(spec);
        const held = toHeldBack(scope, scope);
        for (const schema of classes.values()) {
          const event = Object.assign(new schema(), raw);
          expect(pass(event, held)).toEqual(pass(event, NOTHING_HELD));
        }
      }),
      RUNS,
    );
  });

  it('holds back what is widened and nothing beside it', () => {
    fc.assert(
      fc.property(pairs, rawFields, ([old, now], raw) => {
        const agreed = toCatalogue(old).scope;
        const { classes, scope } = toCatalogue(now);
        const widened = compareScopes(agreed, scope).filter(isWidening);
        const held = toHeldBack(agreed, scope);
        for (const [name, schema] of classes) {
          const own = widened.filter(({ event }) => event === name);
          if (own.some(({ keys }) => keys.length === 0)) continue;
          const event = Object.assign(new schema(), raw);
          const whole = pass(event, NOTHING_HELD) ?? {};
          const isTouched = (property: string) =>
            own.some(
              ({ keys }) => keys[0] === property || (keys[0] === '*' && !now.events[name]?.fields[property]),
            );
          const expected = Object.entries(whole).filter(([property]) => !isTouched(property));
          expect(pass(event, held) ?? {}).toMatchObject(Object.fromEntries(expected));
        }
      }),
      RUNS,
    );
  });
});
