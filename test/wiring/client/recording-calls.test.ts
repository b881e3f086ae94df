import { inspect } from 'node:util';
import { declareConversions, type Telemetry } from 'sotto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildCodeSearch } from '../../support/code-search-event.js';
import { openWiring } from '../../support/wiring.js';

const fail = (): never => {
  throw new Error('of the host');
};

/** Throws at whatever is done with it. */
const HOSTILE_PROXY = new Proxy(
  {},
  { get: fail, has: fail, ownKeys: fail, getPrototypeOf: fail, getOwnPropertyDescriptor: fail },
);

const REVOKED = Proxy.revocable({}, {});
REVOKED.revoke();

const CIRCULAR: Record<string, unknown> = {};
CIRCULAR.self = CIRCULAR;

let deep: object = {};
for (let level = 0; level < 10_000; level += 1) deep = { deep };

/** Things that no type checker would let pass, and some that it would. */
const ODD_OBJECTS: readonly (readonly [string, unknown])[] = [
  ['nothing', undefined],
  ['null', null],
  ['a number', 1],
  ['a symbol', Symbol('s')],
  ['a function', fail],
  ['a throwing getter', { get it() { return fail(); } }], // biome-ignore format: one case a line
  ['a proxy that throws at everything', HOSTILE_PROXY],
  ['a revoked proxy', REVOKED.proxy],
  ['an object without prototype', Object.create(null)],
  ['a circular object', CIRCULAR],
  ['a deep object', deep],
  ['an iterator that never ends', { *[Symbol.iterator]() { for (;;) yield 1; } }], // biome-ignore format: one case a line
  [
    'an object that throws where it is made a text',
    { toString: fail, toJSON: fail, [Symbol.toPrimitive]: fail, [inspect.custom]: fail },
  ],
];

/** Every recording call with an object of the host in every place. */
const CALLS: readonly (readonly [string, (telemetry: Telemetry, odd: never) => unknown])[] = [
  ['capture(event)', (telemetry, odd) => telemetry.capture(odd)],
  ['capture(name, properties)', (telemetry, odd) => telemetry.capture('odd', odd)],
  ['capture(name, { property })', (telemetry, odd) => telemetry.capture('odd', { odd })],
  ['captureFromEvent', (telemetry, odd) => telemetry.captureFromEvent(odd)],
  ['toPosthogEvent() that returns it', (telemetry, odd) => telemetry.captureFromEvent({ toPosthogEvent: () => odd })],
  ['toPosthogEvent() with its properties', (telemetry, odd) => telemetry.captureFromEvent({ toPosthogEvent: () => ['odd', odd] })],
  ['captureWithSerialization', (telemetry, odd) => telemetry.captureWithSerialization('odd', odd)],
  ['serializeForTelemetry() that returns it', (telemetry, odd) => telemetry.captureWithSerialization('odd', { serializeForTelemetry: () => odd })],
  ['captureSessionEvent', (telemetry, odd) => telemetry.captureSessionEvent(odd)],
  ['captureSessionEvent({ stats })', (telemetry, odd) => telemetry.captureSessionEvent({ stats: odd, setupSuccess: odd, setupAttempts: odd, durationSeconds: odd, settings: odd })],
  ['captureSearchEvent', (telemetry, odd) => telemetry.captureSearchEvent(odd)],
  ['captureSearchEvent({ response })', (telemetry, odd) => telemetry.captureSearchEvent({ response: odd, query: odd, strategies: odd, executionTimeMs: odd, featureFlags: odd })],
  ['recordFeature', (telemetry, odd) => telemetry.recordFeature(odd, odd)],
  ['recordEvent', (telemetry, odd) => telemetry.recordEvent('odd', odd, odd)],
  ['recordEvent(name)', (telemetry, odd) => telemetry.recordEvent(odd)],
  ['hook', (telemetry, odd) => telemetry.hook('odd', odd)],
  ['hook(name)', (telemetry, odd) => telemetry.hook(odd)],
  ['startSession', (telemetry, odd) => telemetry.startSession(odd)],
  ['withSession', (telemetry, odd) => telemetry.withSession(odd, () => 42)],
]; // biome-ignore format: a table

describe('a recording call', () => {
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown) => rejections.push(reason);
  beforeEach(() => {
    process.on('unhandledRejection', onRejection);
  });
  afterEach(() => {
    process.off('unhandledRejection', onRejection);
    rejections.length = 0;
  });

  it.each(CALLS)('%s never throws, whatever it is given, and the next event is sent', async (_, call) => {
    await using wiring = await openWiring();
    const { telemetry, server } = wiring;
    for (const [what, odd] of ODD_OBJECTS) expect(() => call(telemetry, odd as never), what).not.toThrow();
    await telemetry.endSession();
    telemetry.capture('next', { n: 1 });
    await telemetry.flush();
    expect(server.messages.at(-1)).toMatchObject({ event: 'next', properties: { n: 1 } });
    expect(server.everything).not.toContain('of the host');
    expect(telemetry.status().pending).toBe(0);
  });

  it.each(CALLS)('%s does nothing at all while telemetry is off', async (_, call) => {
    await using wiring = await openWiring({ enabled: false });
    for (const [what, odd] of ODD_OBJECTS)
      expect(() => call(wiring.telemetry, odd as never), what).not.toThrow();
    expect(wiring.telemetry.status()).toMatchObject({ recorded: 0, dropped: {} });
    expect(wiring.server.requests).toEqual([]);
  });

  it('leaves no rejection behind when a method of the host turns out to be asynchronous and fails', async () => {
    await using wiring = await openWiring();
    const failLater = async () => fail();
    wiring.telemetry.captureFromEvent({ toPosthogEvent: failLater as never });
    wiring.telemetry.captureWithSerialization('odd', { serializeForTelemetry: failLater });
    await new Promise((resolve) => setImmediate(resolve));
    expect(rejections).toEqual([]);
  });

  it('changes nothing of what it is given: frozen events are sent, and twice the same', async () => {
    await using wiring = await openWiring();
    const { telemetry, server } = wiring;
    const event = Object.freeze(buildCodeSearch());
    const properties = Object.freeze({ list: Object.freeze([1, 2]), inner: Object.freeze({ n: 1 }) });
    for (let round = 0; round < 2; round += 1) {
      telemetry.capture(event);
      telemetry.capture('frozen', properties);
    }
    await telemetry.flush();
    const [first, second, again, secondAgain] = server.messages;
    expect(again?.properties).toEqual(first?.properties);
    expect(secondAgain?.properties).toEqual(second?.properties);
    expect(first?.uuid).not.toBe(again?.uuid);
  });
});

describe('a state directory that cannot be made', () => {
  it('turns telemetry off, quietly: nothing is sent that could not be looked up afterwards', async () => {
    await using wiring = await openWiring({ store: { directory: `${process.execPath}/state` } });
    const { telemetry, server } = wiring;
    telemetry.capture(buildCodeSearch());
    expect(await telemetry.getFeatureFlag('a_flag', 'mine')).toBe('mine');
    await telemetry.flush();
    expect(server.requests).toEqual([]);
    expect(telemetry.status()).toMatchObject({ mode: 'off', why: { layer: 'store_unusable' }, recorded: 0 });
  });
});

describe('captureFromEvent', () => {
  it('sends nothing when toPosthogEvent() throws, and counts it', async () => {
    await using wiring = await openWiring();
    wiring.telemetry.captureFromEvent({ toPosthogEvent: fail });
    await wiring.telemetry.flush();
    expect(wiring.telemetry.status().dropped).toEqual({ event_unserializable: 1 });
    expect(wiring.server.requests).toEqual([]);
  });
});

describe('captureWithSerialization', () => {
  it('skips a plain object and counts it', async () => {
    await using wiring = await openWiring();
    wiring.telemetry.captureWithSerialization('plain', { secret: 1 } as never);
    await wiring.telemetry.flush();
    expect(wiring.telemetry.status().dropped).toEqual({ event_undeclared: 1 });
    expect(wiring.server.requests).toEqual([]);
  });

  it('follows the rules of a schema class, whatever name it is sent under', async () => {
    await using wiring = await openWiring();
    wiring.telemetry.captureWithSerialization('renamed', buildCodeSearch());
    await wiring.telemetry.flush();
    const [message] = wiring.server.messages;
    expect(message).toMatchObject({ event: 'renamed', properties: { results: 2, configPath: true } });
    expect(wiring.server.everything).not.toContain('secret');
  });

  it('passes what any other object makes of itself through the rule for untyped payloads', async () => {
    await using wiring = await openWiring();
    const serializeForTelemetry = () => ({ userId: 'jane', note: 'free text about jane', n: 1 });
    wiring.telemetry.captureWithSerialization('own', { serializeForTelemetry });
    await wiring.telemetry.flush();
    expect(wiring.server.messages[0]?.properties).toMatchObject({ note: 20, n: 1 });
    expect(wiring.server.everything).not.toContain('jane');
  });
});

describe('a class that cannot be decorated', () => {
  it('is sent by the rules that were declared for it', async () => {
    class Legacy {
      path = '/home/jane/secret.txt';
      rows = [1, 2, 3];
      password = 'hunter2';
    }
    declareConversions(
      Legacy,
      { rows: 'count', path: 'boolean', password: 'forbidden' },
      { event: 'legacy' },
    );
    await using wiring = await openWiring();
    wiring.telemetry.capture(new Legacy());
    await wiring.telemetry.flush();
    const [message] = wiring.server.messages;
    expect(message).toMatchObject({ event: 'legacy', properties: { rows: 3, path: true } });
    expect(message?.properties).not.toHaveProperty('password');
  });
});

describe('after shutdown', () => {
  it('every call is a silent nothing, and a second shutdown is the first', async () => {
    await using wiring = await openWiring();
    const { telemetry, server } = wiring;
    telemetry.capture('before');
    const first = telemetry.shutdown();
    expect(telemetry.shutdown()).toBe(first);
    await first;
    for (const [, call] of CALLS) call(telemetry, {} as never);
    await telemetry.endSession();
    await telemetry.flush();
    await telemetry.shutdown();
    expect(await telemetry.getFeatureFlag('a_flag', 'fallback')).toBe('fallback');
    expect(telemetry.enabled).toBe(false);
    expect(telemetry.sessionId).toBeUndefined();
    expect(server.messages.map(({ event }) => event)).toEqual(['before']);
  });
});
