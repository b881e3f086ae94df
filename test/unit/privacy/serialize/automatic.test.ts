import { describe, expect, it } from 'vitest';
import { count, forbidden } from '../../../../src/privacy/index.js';
import { hostileProxy, nestedRecord, openDoor, timed } from '../support.js';

const HASHED = expect.stringMatching(/^blake3:[0-9a-f]{32}$/);

class Modelled {
  @count() items = [1, 2];
  @forbidden() secret = 'hunter2';
}

class Instance {
  value = 'hunter2';
}

describe('an untyped payload', () => {
  it.each<[string, object, unknown]>([
    ['numbers and booleans', { a: 1.5, b: true, c: -0 }, { a: 1.5, b: true, c: 0 }],
    ['no NaN and no infinity', { a: Number.NaN, b: Number.NEGATIVE_INFINITY }, { a: null, b: null }],
    ['null but not undefined', { a: null, b: undefined }, { a: null }],
    ['labels', { intent: 'DEBUG', model: 'gpt-4o' }, { intent: 'DEBUG', model: 'gpt-4o' }],
    ['the length of a text', { query: 'how do I fix this?' }, { query: 18 }],
    ['the length of an address', { note: 'alice@example.org' }, { note: 17 }],
    ['the length of a sentence without spaces', { query: '请帮我找到密码' }, { query: 7 }],
    ['bigints as text', { big: 12n }, { big: '12' }],
    ['dates as ISO text', { at: new Date(0), never: new Date('x') }, { at: '1970-01-01T00:00:00.000Z', never: null }],
    ['arrays and sets as arrays', { a: ['x', 1], s: new Set(['y']) }, { a: ['x', 1], s: ['y'] }],
    ['maps as objects', { m: new Map<unknown, unknown>([['k', 'v'], [2, 3]]) }, { m: { k: 'v', 2: 3 } }],
    ['itself when it is a map', new Map([['k', 'v']]), { k: 'v' }],
    ['hashes under identifying keys', { userId: 7, 'x-api-key': 'abc', file: { path: 'a' } }, { userId: HASHED, 'x-api-key': HASHED, file: HASHED }],
    ['null under identifying keys', { user: null, path: undefined }, { user: null, path: null }],
    ['hashes in pairs of a name and a value', { query: [['page', 'two'], ['api_key', 'a1b2c3']] }, { query: [['page', 'two'], ['api_key', HASHED]] }],
    ['measures under identifying words', { token_count: 5, key_ms: 2 }, { token_count: 5, key_ms: 2 }],
    ['a word that only contains an identifying one', { video: 'on', classname: 'A' }, { video: 'on', classname: 'A' }],
    ['no function, symbol, buffer, promise or instance', { f: () => 'x', s: Symbol('x'), b: Buffer.from('x'), p: Promise.resolve('x'), i: new Instance() }, {}],
    ['no pairs of names and values', { request: new Headers({ 'x-api-key': 'abc' }), query: new URLSearchParams('token=abc') }, {}],
    ['no properties of PostHog', { $ip: '10.0.0.1', $set: { a: 1 }, $set_once: {}, a: { $set: { b: 1 } } }, { a: {} }],
    ['no prototype', JSON.parse('{"__proto__": {"polluted": true}, "a": 1}') as object, { a: 1 }],
    ['keys named like members of every object', { constructor: 'a', toString: 'b', hasOwnProperty: 'c' }, { constructor: 'a', toString: 'b', hasOwnProperty: 'c' }],
    ['keys scrubbed', { 'alice@example.org': 1 }, { '<EMAIL>': HASHED }],
    ['no keys that are sentences', { 'what Alice said': 1 }, {}],
    ['models by their own rules', { model: new Modelled(), list: [new Modelled()], deep: { er: new Map([['k', new Modelled()]]) } }, { model: { items: 2 }, list: [{ items: 2 }], deep: { er: { k: { items: 2 } } } }],
    ['models by their own rules under identifying keys too', { project: new Modelled() }, { project: { items: 2 } }],
    ['an object that is there twice', { a: SHARED(), b: SHARED() }, { a: { x: 1 }, b: { x: 1 } }],
    ['own properties of an error, reduced', Object.assign(new Error('hunter2'), { path: '/home/alice', errno: -2, config: { headers: { authorization: 'x' } } }), { path: HASHED, errno: -2, config: { headers: { authorization: HASHED } } }],
  ])('lets pass %s', (_what, payload, expected) => {
    expect(openDoor().untyped(payload)).toEqual(expected);
  }); // biome-ignore format: one table

  it('counts what it drops', () => {
    const { untyped, dropped } = openDoor();
    untyped({ f: () => 1, 'two words': 1, $ip: 1, i: new Instance(), big: 10n ** 41n });
    expect(dropped).toEqual({ value_unsupported: 5 });
  });

  it('never calls toJSON, toString or valueOf', () => {
    const speak = () => 'hunter2';
    const talkative = { toJSON: speak, toString: speak, valueOf: speak, ok: 1 };
    expect(openDoor().untyped({ talkative, list: [talkative] })).toEqual({
      talkative: { ok: 1 },
      list: [{ ok: 1 }],
    });
  });

  it('loses only the value whose reading throws, and nothing of the error', () => {
    const payload = {
      get broken(): never {
        throw new Error('hunter2');
      },
      proxy: hostileProxy('hunter2'),
      list: [hostileProxy('hunter2'), 'ok'],
      fine: true,
    };
    const { untyped, dropped } = openDoor();
    expect(untyped(payload)).toEqual({ list: ['ok'], fine: true });
    expect(dropped).toEqual({ field_unreadable: 3 });
  });

  it('that throws everywhere is dropped as a whole', () => {
    const { untyped, dropped } = openDoor();
    expect(untyped(hostileProxy('hunter2'))).toBeUndefined();
    expect(dropped).toEqual({ event_unserializable: 1 });
  });

  it('is not changed, and may be deeply frozen', () => {
    const payload = deepFreeze({ a: [1, { b: 'label' }], userId: 'alice', text: 'two words' });
    const before = structuredClone(payload);
    const { untyped } = openDoor();
    expect(untyped(payload)).toEqual(untyped(payload));
    expect(payload).toEqual(before);
  });

  it('shares nothing with the payload that leaves', () => {
    const payload = { list: ['a'], record: { b: 1 } };
    const reduced = openDoor().untyped(payload);
    payload.list.push('later');
    payload.record.b = 2;
    expect(reduced).toEqual({ list: ['a'], record: { b: 1 } });
  });
});

describe('an untyped payload that is too large', () => {
  it.each<[string, () => object, number]>([
    ['ten thousand levels', () => ({ deep: nestedRecord(10_000) }), 200],
    ['a million keys', () => manyKeys(1_000_000), 3_000],
    ['a million keys, one level down', () => ({ inner: manyKeys(1_000_000) }), 3_000],
    ['a million members', () => ({ list: new Array(1_000_000).fill(1) }), 200],
    ['an endless set', () => ({ set: endlessSet() }), 200],
    ['lists of lists of lists', () => ({ list: lists(3) }), 200],
    ['a circle', circle, 200],
    ['a circle through a map', () => { const map = new Map<string, unknown>(); map.set('self', map); return map; }, 200],
    ['ten thousand getters that throw', () => Object.defineProperties({}, Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`k${n}`, { enumerable: true, get: () => { throw new Error('x'); } }]))), 500],
  ])('with %s is cut, marked and small', (_what, make, limitMs) => {
    const payload = make();
    const { result, elapsedMs } = timed(() => openDoor().untyped(payload));
    expect(result).toMatchObject({ $truncated: true });
    expect(JSON.stringify(result).length).toBeLessThan(200_000);
    expect(elapsedMs).toBeLessThan(limitMs);
  }); // biome-ignore format: one table

  it('with a text of ten megabytes sends its length', () => {
    const { result, elapsedMs } = timed(() => openDoor().untyped({ text: 'x'.repeat(1e7) }));
    expect(result).toEqual({ text: 1e7 });
    expect(elapsedMs).toBeLessThan(500);
  });

  it('hashes a hundred large values under identifying keys in bounded time', () => {
    const project = { files: Array.from({ length: 5_000 }, (_, n) => `src/file-${n}.ts`.repeat(20)) };
    const payload = { rows: Array.from({ length: 100 }, () => ({ project })) };
    const { elapsedMs } = timed(() => openDoor().untyped(payload));
    expect(elapsedMs).toBeLessThan(2_000);
  });
});

function SHARED(): object {
  return SHARED_RECORD;
}
const SHARED_RECORD = { x: 1 };

function deepFreeze<T extends object>(value: T): T {
  for (const member of Object.values(value))
    if (typeof member === 'object' && member !== null) deepFreeze(member);
  return Object.freeze(value);
}

function manyKeys(count: number): object {
  const record: Record<string, number> = {};
  for (let index = 0; index < count; index += 1) record[`k${index}x`] = index;
  return record;
}

function endlessSet(): Set<string> {
  const set = new Set(['a']);
  set[Symbol.iterator] = function* () {
    for (let index = 0; ; index += 1) yield `a${index}`;
  } as never;
  return set;
}

function lists(depth: number): unknown[] {
  return Array.from({ length: 20 }, () => (depth === 0 ? 1 : lists(depth - 1)));
}

function circle(): object {
  const self: { name: string; self?: unknown } = { name: 'a' };
  self.self = self;
  return self;
}
