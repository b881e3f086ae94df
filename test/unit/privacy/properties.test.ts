import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aggregate,
  boolean,
  count,
  distribution,
  event,
  forbidden,
  hash,
  type JsonObject,
  nested,
  oneOf,
  plain,
  presenceMap,
  textCount,
} from '../../../src/privacy/index.js';
import { openDoor } from './support.js';

const SECRET = 'correct horse battery staple';

const anything = fc.anything({
  maxDepth: 4,
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withNullPrototype: true,
  withObjectString: true,
  withSparseArray: true,
  withBoxedValues: true,
  withUnicodeString: true,
} as fc.ObjectConstraints);

/** A value with the secret somewhere in it: as a value, a key, inside a text, or in the error of a getter. */
const withSecret = fc
  .record({ wraps: fc.array(fc.nat({ max: 9 }), { maxLength: 5 }), beside: anything })
  .map(({ wraps, beside }) => wraps.reduce<unknown>((value, way) => wrap(value, way, beside), SECRET));

function wrap(value: unknown, way: number, beside: unknown): unknown {
  switch (way) {
    case 0: return [beside, value];
    case 1: return { inner: value, beside };
    case 2: return new Set([value, beside]);
    case 3: return new Map<unknown, unknown>([[beside, value]]);
    case 4: return new Map<unknown, unknown>([[value, beside]]);
    case 5: return { [`${SECRET} ${String(typeof value)}`]: value };
    case 6: return Object.assign(new Error(SECRET), { value });
    case 7: return { get inner() { throw new Error(SECRET); }, value };
    case 8: return { toJSON: () => value, toString: () => SECRET, value };
    default: return Object.assign(new Holder(), { nested: value });
  }
} // biome-ignore format: one table

class Holder {
  @nested(() => Holder) nested: Holder | undefined;
  @forbidden() forbidden: unknown = SECRET;
}

@event('every_rule')
class EveryRule {
  @boolean() boolean: unknown;
  @count() count: object | undefined;
  @textCount({ withToolsOverPrivacy: 'redact' }) textCount: string | undefined;
  @aggregate('mean') aggregate: number[] | undefined;
  @distribution(['a', '__proto__', 'toString']) distribution: string[] | undefined;
  @hash() hash: unknown;
  @hash({ scope: 'session', as: 'session.hash' }) sessionHash: unknown;
  @presenceMap() presence: object | undefined;
  @nested(() => Holder) nested: Holder | undefined;
  @plain(oneOf('a').or('other')) plain: string | undefined;
  @forbidden() forbidden: unknown;
}

const DECLARED = new Set([
  'boolean', 'count', 'textCount', 'textCount_redacted', 'aggregate', 'distribution', 'hash', 'session.hash', 'presence',
  'nested', 'plain', '$truncated',
]); // biome-ignore format: a list of words

/** An event holding `value` under every rule, and undeclared besides. */
function holding(value: unknown): EveryRule {
  const fields = [...Object.keys(new EveryRule()), 'undeclared', `${SECRET} as key`];
  return Object.assign(new EveryRule(), Object.fromEntries(fields.map((field) => [field, value])));
}

function typed(value: unknown): JsonObject {
  const payload = openDoor().typed(holding(value));
  if (!payload) throw new Error('the whole event was dropped');
  return payload;
}

function untyped(value: unknown): JsonObject {
  return openDoor().untyped({ value, list: [value], inner: { value }, map: new Map([['key', value]]) }) ?? {};
}

describe('whatever a declared event holds', () => {
  it('nothing of it is said by any rule', () => {
    fc.assert(fc.property(withSecret, (value) => {
      expect(JSON.stringify(typed(value))).not.toContain(SECRET);
    })); // biome-ignore format: one line
  });

  it('only declared properties leave', () => {
    fc.assert(fc.property(anything, (value) => {
      for (const name of Object.keys(typed(value))) expect(DECLARED).toContain(name);
    })); // biome-ignore format: one line
  });

  it('the payload is pure JSON, and the same each time', () => {
    fc.assert(fc.property(anything, (value) => {
      expectPureJson(typed(value));
      expect(JSON.stringify(typed(value))).toBe(JSON.stringify(typed(value)));
    })); // biome-ignore format: one line
  });
});

describe('whatever an untyped payload holds', () => {
  it('a text that is no label is not said', () => {
    fc.assert(fc.property(withSecret, (value) => {
      expect(JSON.stringify(untyped(value))).not.toContain(SECRET);
    })); // biome-ignore format: one line
  });

  it('the payload is pure JSON, and the same each time', () => {
    fc.assert(fc.property(anything, (value) => {
      expectPureJson(untyped(value));
      expect(JSON.stringify(untyped(value))).toBe(JSON.stringify(untyped(value)));
    })); // biome-ignore format: one line
  });

  it('no key begins with a dollar sign but our own', () => {
    const keys = fc.dictionary(
      fc.oneof(fc.constantFrom('$ip', '$set', '$set_once', '$groups'), fc.string()),
      fc.jsonValue(),
    );
    fc.assert(fc.property(keys, (payload) => {
      for (const key of keysOf(openDoor().untyped(payload))) expect(key === '$truncated' || !key.startsWith('$')).toBe(true);
    })); // biome-ignore format: one line
  });

  it('is left as it was', () => {
    fc.assert(fc.property(anything, (value) => {
      const payload = { value };
      const before = fc.stringify(payload);
      openDoor().untyped(payload);
      openDoor().typed(holding(value));
      expect(fc.stringify(payload)).toBe(before);
    })); // biome-ignore format: one line
  });
});

/** What `JSON.stringify` would change or leave out must not be there. */
function expectPureJson(payload: JsonObject): void {
  expect(JSON.parse(JSON.stringify(payload))).toStrictEqual(payload);
}

function keysOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [key, ...keysOf(member)]);
}
