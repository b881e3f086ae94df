import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openWiring } from '../../support/wiring.js';

describe('a process-wide session', () => {
  it('puts its tags on its own events and on none before or after', async () => {
    await using wiring = await openWiring();
    const { telemetry, server } = wiring;
    telemetry.capture('before');
    telemetry.startSession({ interface: 'mcp', tier: 2 });
    telemetry.capture('first');
    telemetry.capture('second', { tier: 'of the event itself' });
    await telemetry.endSession();
    telemetry.capture('after');
    await telemetry.flush();

    const tags = server.messages.map(({ event, properties }) => [
      event,
      properties.interface,
      properties.tier,
    ]);
    expect(tags).toEqual([
      ['before', undefined, undefined],
      ['first', 'mcp', 2],
      ['second', 'mcp', 19],
      ['after', undefined, undefined],
    ]);
    expect(new Set(server.messages.map(({ distinct_id }) => distinct_id)).size).toBe(3);
  });

  it('is not opened a second time while it is open', async () => {
    await using wiring = await openWiring();
    const { telemetry, server } = wiring;
    telemetry.startSession({ interface: 'first' });
    const { sessionId } = telemetry;
    telemetry.startSession({ interface: 'second' });
    expect(telemetry.sessionId).toBe(sessionId);
    telemetry.capture('inside');
    await telemetry.endSession();
    expect(server.messages.map(({ properties }) => properties.interface)).toEqual(['first']);
  });

  it('sends what waits when it ends', async () => {
    await using wiring = await openWiring();
    wiring.telemetry.startSession();
    wiring.telemetry.capture('inside');
    await wiring.telemetry.endSession();
    expect(wiring.telemetry.status()).toMatchObject({ sent: 1, pending: 0 });
  });

  it('passes its tags through the rule for untyped payloads', async () => {
    await using wiring = await openWiring();
    const { telemetry, server } = wiring;
    telemetry.startSession({ user: 'jane', note: 'free text about jane', $set: { email: 'jane' } });
    telemetry.capture('inside');
    await telemetry.endSession();
    expect(server.everything).not.toContain('jane');
    expect(server.messages[0]?.properties.note).toBe(20);
  });

  it('cannot have tags that change what is fixed on every event', async () => {
    await using wiring = await openWiring();
    const { telemetry, server } = wiring;
    telemetry.startSession({
      $process_person_profile: true,
      $geoip_disable: false,
      $lib: 'other',
      ci: 'tag',
    });
    telemetry.capture('inside', { $process_person_profile: true, $lib: 'other' });
    await telemetry.endSession();
    expect(server.messages[0]?.properties).toMatchObject({
      $process_person_profile: false,
      $geoip_disable: true,
      $lib: 'sotto',
    });
  });

  it('ends with `await using`, and what waits is sent', async () => {
    await using wiring = await openWiring();
    {
      await using telemetry = wiring.telemetry;
      telemetry.startSession({ interface: 'cli' });
      telemetry.capture('inside');
    }
    expect(wiring.server.messages.map(({ properties }) => properties.interface)).toEqual(['cli']);
    expect(wiring.telemetry.enabled).toBe(false);
  });
});

describe('withSession', () => {
  it('holds through awaits, timers and callbacks, for each of several at once', async () => {
    await using wiring = await openWiring();
    const { telemetry, server } = wiring;
    const handle = (request: string) =>
      telemetry.withSession({ request_name: request }, async () => {
        telemetry.capture('start', { step: 1 });
        await sleep(5);
        telemetry.capture('awaited', { step: 2 });
        await new Promise<void>((resolve) => {
          setTimeout(() => {
            telemetry.capture('timer', { step: 3 });
            resolve();
          }, 5);
        });
        return telemetry.sessionId;
      });
    const ids = await Promise.all(['one', 'two', 'three'].map(handle));
    telemetry.capture('outside', { step: 4 });
    await telemetry.flush();

    expect(new Set(ids).size).toBe(3);
    for (const [index, request] of ['one', 'two', 'three'].entries()) {
      const own = server.messages.filter(({ properties }) => properties.request_name === request);
      expect(own.map(({ properties }) => properties.step)).toEqual([1, 2, 3]);
      expect(new Set(own.map(({ distinct_id }) => distinct_id))).toEqual(new Set([ids[index]]));
    }
    expect(server.messages.at(-1)?.properties).not.toHaveProperty('request_name');
  });

  it('goes before the process-wide session, which is there again afterwards', async () => {
    await using wiring = await openWiring();
    const { telemetry } = wiring;
    telemetry.startSession();
    const outer = telemetry.sessionId;
    const inner = telemetry.withSession({}, () => telemetry.sessionId);
    expect(inner).not.toBe(outer);
    expect(telemetry.sessionId).toBe(outer);
  });

  it('gives back what the work gives back, and throws what it throws', async () => {
    await using wiring = await openWiring();
    const { telemetry } = wiring;
    expect(telemetry.withSession({}, () => 42)).toBe(42);
    await expect(telemetry.withSession({}, async () => 'later')).resolves.toBe('later');
    const failure = new Error('of the host');
    expect(() =>
      telemetry.withSession({}, () => {
        throw failure;
      }),
    ).toThrow(failure);
  });

  it.each([
    ['is off', { enabled: false }],
    ['is on', {}],
  ])('runs the work whatever the tags do when they are read, while telemetry %s', async (_, options) => {
    await using wiring = await openWiring(options);
    const tags = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('of the tags');
        },
      },
    );
    expect(wiring.telemetry.withSession(tags, () => 42)).toBe(42);
    expect(wiring.telemetry.withSession(null as never, () => 42)).toBe(42);
  });
});
