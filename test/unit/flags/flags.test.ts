import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { defineFlags } from '../../../src/flags/index.js';
import { always, createFakeServer, createHarness, createMemoryStore, pass } from './support.js';

const KEY = 'new_reranker';

describe('a value', () => {
  it('comes from the server, for the distinct id of the session', async () => {
    const server = createFakeServer({ [KEY]: { version: 1, decide: (id) => `for-${id}` } });
    const { flags } = createHarness({ server });
    expect(await flags.get(KEY)).toBe('for-session-1');
    expect(server.requests.map(({ distinctId, keys }) => [distinctId, keys])).toEqual([
      ['session-1', undefined],
    ]);
  });

  it.each([true, false, 'test'])('may be %j', async (value) => {
    const { flags } = createHarness({ server: createFakeServer({ [KEY]: always(value) }) });
    expect(await flags.get(KEY, 'fallback')).toBe(value);
  });

  it('of a flag that nobody knows is null, or the fallback', async () => {
    const { flags } = createHarness({ server: createFakeServer() });
    expect(await flags.get(KEY)).toBeNull();
    expect(await flags.get(KEY, 'control')).toBe('control');
    expect(await flags.get('constructor')).toBeNull();
    expect(await flags.get('__proto__')).toBeNull();
  });

  it.each([
    [true, true],
    ['test', true],
    ['false', true],
    [false, false],
  ])('%j is enabled: %j, whatever the fallback', async (value, isEnabled) => {
    const { flags } = createHarness({ server: createFakeServer({ [KEY]: always(value) }) });
    expect(await flags.isEnabled(KEY)).toBe(isEnabled);
    expect(await flags.isEnabled(KEY, !isEnabled)).toBe(isEnabled);
  });

  it('that nobody knows is enabled only when the fallback says so', async () => {
    const { flags } = createHarness({ server: createFakeServer() });
    expect(await flags.isEnabled(KEY)).toBe(false);
    expect(await flags.isEnabled(KEY, true)).toBe(true);
  });

  it('is listed among all', async () => {
    const server = createFakeServer({ a: always('x'), b: always(false), constructor: always(true) });
    const { flags } = createHarness({ server });
    expect(await flags.all()).toEqual({ a: 'x', b: false, constructor: true });
  });

  it('is known without asking, once it was asked for', async () => {
    const { flags } = createHarness({ server: createFakeServer({ [KEY]: always('test') }) });
    expect(flags.values().size).toBe(0);
    await flags.refresh();
    expect([...flags.values()]).toEqual([[KEY, 'test']]);
  });
});

describe('a server in trouble', () => {
  const troubles = [
    ['is down', (server: ReturnType<typeof createFakeServer>) => server.isDown()],
    ['sends nonsense', (server) => server.answersWith('<html>502</html>')],
    ['has no quota left', (server) => server.answersWith({ flags: {}, quotaLimited: ['feature_flags'] })],
  ] as const satisfies [string, (server: ReturnType<typeof createFakeServer>) => void][];

  it.each(troubles)('that %s leaves the fallbacks', async (_, trouble) => {
    const server = createFakeServer({ [KEY]: always('test') });
    trouble(server);
    const { flags, exposures } = createHarness({ server });
    expect(await flags.get(KEY)).toBeNull();
    expect(await flags.get(KEY, 'control')).toBe('control');
    expect(await flags.isEnabled(KEY)).toBe(false);
    expect(await flags.all()).toEqual({});
    expect(exposures).toEqual([]);
  });

  it.each(troubles)('that %s is asked once per window', async (_, trouble) => {
    const server = createFakeServer();
    trouble(server);
    const { flags, clock } = createHarness({ server, refreshIntervalMs: 1_000 });
    for (let call = 0; call < 5; call += 1) await flags.get(KEY);
    expect(server.requests).toHaveLength(1);
    clock.nowMs = 1_000;
    await flags.get(KEY);
    expect(server.requests).toHaveLength(2);
  });

  it.each(troubles)('that %s leaves the last known value, and the store as it is', async (_, trouble) => {
    const server = createFakeServer({ [KEY]: always('test') });
    const store = createMemoryStore();
    const { flags } = createHarness({ server, store });
    await flags.get(KEY);
    trouble(server);
    await flags.refresh();
    expect(await flags.get(KEY)).toBe('test');
    expect([...store.read().keys()]).toEqual([KEY]);
  });

  it('that fails at one flag keeps what was assigned', async () => {
    const server = createFakeServer({ [KEY]: always('test') });
    const { flags } = createHarness({ server });
    await flags.get(KEY);
    server.answersWith({
      flags: { [KEY]: { enabled: false, failed: true } },
      errorsWhileComputingFlags: true,
    });
    await flags.refresh();
    expect(await flags.get(KEY)).toBe('test');
  });

  it('never breaks the caller, even when every effect throws', async () => {
    const broken = () => {
      throw new Error('broken');
    };
    const server = createFakeServer({ [KEY]: always('test') });
    for (const effect of ['fetchFlags', 'mayFetch', 'distinctId', 'now', 'startTimer'] as const) {
      const { flags } = createHarness({ server, effects: { [effect]: broken } });
      expect(await flags.get(KEY, 'control'), effect).toBe('control');
      expect(await flags.get(KEY, 'control'), effect).toBe('control');
      await flags.refresh();
    }
    for (const effect of ['onExposure', 'onChange'] as const) {
      const { flags } = createHarness({ server, effects: { [effect]: broken } });
      expect(await flags.get(KEY, 'control'), effect).toBe('test');
    }
  });
});

describe('time', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('is short for a server that hangs', async () => {
    const server = createFakeServer();
    server.hangs();
    const { flags } = createHarness({ server, timeoutMs: 500 });
    const answer = vi.fn();
    void flags.get(KEY, 'control').then(answer);
    await pass(499);
    expect(answer).not.toHaveBeenCalled();
    expect(server.requests[0]?.signal.aborted).toBe(false);
    await pass(1);
    expect(answer).toHaveBeenCalledWith('control');
    expect(server.requests[0]?.signal.aborted).toBe(true);
  });

  it('is shared by all who ask meanwhile', async () => {
    const server = createFakeServer({ [KEY]: always('test') });
    server.takes(400);
    const { flags } = createHarness({ server, timeoutMs: 500 });
    const early = [flags.get(KEY), flags.get('other'), flags.isEnabled(KEY), flags.all(), flags.refresh()];
    await pass(399);
    const late = flags.get(KEY);
    await pass(1);
    expect(await Promise.all([...early, late])).toEqual([
      'test',
      null,
      true,
      { [KEY]: 'test' },
      undefined,
      'test',
    ]);
    expect(server.requests).toHaveLength(1);
  });

  it('ends an answer that comes too late', async () => {
    const server = createFakeServer({ [KEY]: always('test') });
    server.takes(600);
    const { flags } = createHarness({ server, timeoutMs: 500 });
    const answer = flags.get(KEY);
    await pass(600);
    expect(await answer).toBeNull();
    expect(flags.values().size).toBe(0);
  });

  it('is nothing after an abort: who waits gets what is known', async () => {
    const server = createFakeServer();
    server.hangs();
    const { flags } = createHarness({ server });
    const answer = flags.get(KEY, 'control');
    flags.abort();
    expect(await answer).toBe('control');
    expect(server.requests[0]?.signal.aborted).toBe(true);
    flags.abort();
  });

  it('needs no timer before, between and after evaluations', async () => {
    const server = createFakeServer({ [KEY]: always('test') });
    const { flags } = createHarness({ server });
    expect(vi.getTimerCount()).toBe(0);
    await flags.get(KEY);
    expect(vi.getTimerCount()).toBe(0);
    server.isDown();
    await flags.refresh();
  });
});

describe('a window', () => {
  it('lasts for the refresh interval', async () => {
    const server = createFakeServer({ [KEY]: always(true) });
    const { flags, clock } = createHarness({ server, refreshIntervalMs: 1_000 });
    for (const [nowMs, requests] of [
      [0, 1],
      [999, 1],
      [1_000, 2],
      [1_999, 2],
      [5_000, 3],
    ] as const) {
      clock.nowMs = nowMs;
      await flags.get(KEY);
      expect(server.requests).toHaveLength(requests);
    }
  });

  it('is not kept open by a clock that is set back', async () => {
    const server = createFakeServer();
    const { flags, clock } = createHarness({ server });
    clock.nowMs = 1_000_000;
    await flags.get(KEY);
    clock.nowMs = 0;
    await flags.get(KEY);
    expect(server.requests).toHaveLength(2);
  });

  it('is opened by a refresh', async () => {
    const server = createFakeServer({ [KEY]: always(true) });
    const { flags, clock } = createHarness({ server, refreshIntervalMs: 1_000 });
    await flags.get(KEY);
    clock.nowMs = 900;
    await flags.refresh();
    clock.nowMs = 1_800;
    await flags.get(KEY);
    expect(server.requests).toHaveLength(2);
  });

  it('asks for the session of its time', async () => {
    const server = createFakeServer();
    const { flags, session } = createHarness({ server });
    await flags.get(KEY);
    session.id = 'session-2';
    await flags.refresh();
    expect(server.requests.map(({ distinctId }) => distinctId)).toEqual(['session-1', 'session-2']);
  });
});

describe('without permission to ask', () => {
  it('no call is made, and the store’s values are given', async () => {
    const server = createFakeServer({ [KEY]: always('control') });
    const store = createMemoryStore(new Map([[KEY, { value: 'test', version: 1 }]]));
    const { flags, consent } = createHarness({ server, store });
    consent.mayFetch = false;
    expect(await flags.get(KEY)).toBe('test');
    await flags.refresh();
    expect(server.requests).toEqual([]);
  });

  it('no window opens: the first call is made when it may be', async () => {
    const server = createFakeServer({ [KEY]: always('control') });
    const { flags, consent } = createHarness({ server });
    consent.mayFetch = false;
    expect(await flags.get(KEY)).toBeNull();
    consent.mayFetch = true;
    expect(await flags.get(KEY)).toBe('control');
  });

  it('an answer that is still under way is not kept', async () => {
    const server = createFakeServer({ [KEY]: always('control') });
    const store = createMemoryStore();
    const { flags, consent } = createHarness({ server, store });
    const answer = flags.get(KEY);
    consent.mayFetch = false;
    expect(await answer).toBeNull();
    expect(store.read().size).toBe(0);
  });

  it('nothing is read before the first question', () => {
    const store = createMemoryStore();
    createHarness({ server: createFakeServer(), store });
    expect(store.reads).toBe(0);
  });
});

describe('an exposure', () => {
  it('is told once per key and value', async () => {
    const server = createFakeServer({ a: always('test'), b: always(true) });
    const { flags, exposures } = createHarness({ server });
    for (let round = 0; round < 3; round += 1) {
      await Promise.all([flags.get('a'), flags.isEnabled('a'), flags.get('b'), flags.get('c', 'fallback')]);
    }
    expect(exposures).toEqual([
      ['a', 'test'],
      ['b', true],
    ]);
  });

  it('is told of whether a flag is enabled, off included', async () => {
    const server = createFakeServer({ a: always(false), b: always('test') });
    const definitions = defineFlags({ a: ['control', 'test'], b: ['control', 'test'] });
    const { flags, exposures } = createHarness({ server, definitions });
    await Promise.all([flags.isEnabled('a'), flags.isEnabled('b')]);
    expect(exposures).toEqual([
      ['a', false],
      ['b', 'test'],
    ]);
  });

  it('is told again in a new session', async () => {
    const { flags, exposures } = createHarness({ server: createFakeServer({ a: always('test') }) });
    await flags.get('a');
    flags.resetExposures();
    await flags.get('a');
    await flags.get('a');
    expect(exposures).toHaveLength(2);
  });

  it('is told of a new value, and tells on from "on"', async () => {
    const server = createFakeServer({ a: always(false, 1) });
    const { flags, exposures } = createHarness({ server });
    await flags.get('a');
    server.serve('a', always('false', 2));
    await flags.refresh();
    await flags.get('a');
    expect(exposures).toEqual([
      ['a', false],
      ['a', 'false'],
    ]);
  });

  it('is told of what an earlier process was assigned', async () => {
    const server = createFakeServer();
    server.isDown();
    const store = createMemoryStore(new Map([['a', { value: 'test', version: 1 }]]));
    const { flags, exposures } = createHarness({ server, store });
    await flags.get('a');
    expect(exposures).toEqual([['a', 'test']]);
  });

  it('is not told of what is merely listed', async () => {
    const { flags, exposures } = createHarness({ server: createFakeServer({ a: always('test') }) });
    await flags.all();
    flags.values();
    expect(exposures).toEqual([]);
  });
});

describe('a change', () => {
  it('is told when an evaluation brings one, and only then', async () => {
    const server = createFakeServer({ a: always('test') });
    const { flags, changes } = createHarness({ server });
    await flags.get('a');
    await flags.refresh();
    server.serve('b', always(true));
    await flags.refresh();
    server.remove('a');
    await flags.refresh();
    server.isDown();
    await flags.refresh();
    expect(changes).toEqual([{ a: 'test' }, { a: 'test', b: true }, { b: true }]);
  });

  it('is told when a value changes and the keys are the same', async () => {
    const server = createFakeServer({ a: always(false, 1) });
    const { flags, changes } = createHarness({ server });
    await flags.get('a');
    server.serve('a', always('test', 2));
    await flags.refresh();
    expect(changes).toEqual([{ a: false }, { a: 'test' }]);
  });

  it('is told before who asked is answered', async () => {
    const { flags, changes } = createHarness({ server: createFakeServer({ a: always('test') }) });
    await flags.get('a').then(() => expect(changes).toEqual([{ a: 'test' }]));
  });
});

describe('with definitions', () => {
  const definitions = defineFlags({ [KEY]: ['control', 'test'], beta_ui: 'boolean' });

  it('only what is declared is asked for, and taken', async () => {
    const server = createFakeServer();
    server.answersWith({ flags: { beta_ui: { enabled: true }, constructor: { enabled: true } } });
    const { flags } = createHarness({ server, definitions });
    expect(await flags.all()).toEqual({ beta_ui: true });
    expect(server.requests[0]?.keys).toEqual([KEY, 'beta_ui']);
  });

  it('nothing is asked for when nothing is declared', async () => {
    const server = createFakeServer({ [KEY]: always('test') });
    const { flags } = createHarness({ server, definitions: defineFlags({}) });
    expect(await flags.all()).toEqual({});
    expect(server.requests).toEqual([]);
  });

  it.each([
    [KEY, 'test', 'test'],
    [KEY, 'blue', null],
    [KEY, true, null],
    [KEY, false, null],
    ['beta_ui', true, true],
    ['beta_ui', false, false],
    ['beta_ui', 'test', null],
  ] as const)('%s, when the server says %j, is %j', async (key, served, expected) => {
    const { flags } = createHarness({ server: createFakeServer({ [key]: always(served) }), definitions });
    expect(await flags.get(key)).toBe(expected);
    expect(flags.values().get(key) ?? null).toBe(expected);
  });

  it('who is outside the rollout of variants has the flag off, not unknown', async () => {
    const { flags } = createHarness({ server: createFakeServer({ [KEY]: always(false) }), definitions });
    expect(await flags.isEnabled(KEY, true)).toBe(false);
    expect(await flags.get(KEY, 'control')).toBe('control');
    expect(await flags.all()).toEqual({});
  });

  it('an assigned variant outlives a server that says an undeclared one', async () => {
    const server = createFakeServer({ [KEY]: always('test') });
    const { flags } = createHarness({ server, definitions });
    await flags.get(KEY);
    server.serve(KEY, always('blue', 2));
    await flags.refresh();
    expect(await flags.get(KEY)).toBe('test');
  });

  it('an assigned variant that is no longer declared gives way', async () => {
    const store = createMemoryStore(new Map([[KEY, { value: 'retired', version: 1 }]]));
    const { flags } = createHarness({
      server: createFakeServer({ [KEY]: always('test', 2) }),
      store,
      definitions,
    });
    expect(flags.values().size).toBe(0);
    expect(await flags.get(KEY)).toBe('test');
  });

  it('what is kept of flags that are not declared here stays', async () => {
    const other = { value: true, version: 1 };
    const store = createMemoryStore(new Map([['of_another_version', other]]));
    const { flags } = createHarness({
      server: createFakeServer({ [KEY]: always('test') }),
      store,
      definitions,
    });
    expect(await flags.all()).toEqual({ [KEY]: 'test' });
    expect(store.read().get('of_another_version')).toEqual(other);
  });

  it('keys, values and fallbacks are typed', () => {
    const { flags } = createHarness({ server: createFakeServer(), definitions });
    const get = {
      variant: () => flags.get(KEY),
      withFallback: () => flags.get(KEY, 'control'),
      boolean: () => flags.get('beta_ui', false),
      all: () => flags.all(),
      // @ts-expect-error: not declared
      undeclared: () => flags.get('beta'),
      // @ts-expect-error: no variant of this flag
      misspelled: () => flags.get(KEY, 'contrl'),
    };
    expectTypeOf(get.variant).returns.resolves.toEqualTypeOf<'control' | 'test' | null>();
    expectTypeOf(get.withFallback).returns.resolves.toEqualTypeOf<'control' | 'test'>();
    expectTypeOf(get.boolean).returns.resolves.toEqualTypeOf<boolean>();
    expectTypeOf(get.all).returns.resolves.toEqualTypeOf<{
      readonly new_reranker?: 'control' | 'test';
      readonly beta_ui?: boolean;
    }>();
  });
});

describe('what the store holds', () => {
  it.each([
    ['a key that no flag may have', '_hidden', 'test'],
    ['a value that is no label', KEY, 'ada@example.org'],
  ])('is not trusted: %s is left out', (_, key, value) => {
    const store = createMemoryStore(new Map([[key, { value, version: 1 }]]));
    const { flags } = createHarness({ server: createFakeServer(), store });
    expect(flags.values().size).toBe(0);
  });
});
