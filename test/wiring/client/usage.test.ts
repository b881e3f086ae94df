import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { FeatureUsed, getTelemetry, TelemetryEvent } from 'sotto';
import { describe, expect, it } from 'vitest';
import { readUsage } from '../../../src/store/index.js';
import { openWiring } from '../../support/wiring.js';

/** Everything that is counted, as plain objects. */
function counted(directory: string) {
  const { features, hooks, events } = readUsage(directory);
  return {
    features: [...features].map(([name, { total, variants }]) => ({ name, total, variants: [...variants] })),
    hooks: [...hooks].map(([name, { total, samples }]) => ({
      name,
      total,
      samples: samples.map(({ payload }) => payload),
    })),
    events: events.map(({ event, category, payload }) => ({ event, category, payload })),
  };
}

const NOTHING = { features: [], hooks: [], events: [] };

describe('recordFeature', () => {
  it('counts one per call, whatever the case and the white space around it, with its variants', async () => {
    await using wiring = await openWiring();
    const { telemetry, directory } = wiring;
    expect(telemetry.recordFeature(' Toolkit.Launch ')).toBe(true);
    expect(telemetry.recordFeature('toolkit.launch', 'Dark')).toBe(true);
    expect(telemetry.recordFeature('toolkit.launch', 'dark')).toBe(true);
    expect(counted(directory)).toEqual({
      ...NOTHING,
      features: [{ name: 'toolkit.launch', total: 3, variants: [['dark', 2]] }],
    });
  });

  it('stands on disk when the call returns, and is sent as an event of the standard', async () => {
    await using wiring = await openWiring();
    const { telemetry, server, directory } = wiring;
    telemetry.recordFeature('toolkit.launch', 'dark');
    expect(counted(directory).features).toHaveLength(1);
    await telemetry.flush();
    const [event] = server.messages;
    expect(event?.event).toMatch(/^app_[0-9a-f]{8}\.feature\.used$/);
    expect(event?.properties).toMatchObject({ feature_name: 'toolkit.launch', feature_variant: 'dark' });
  });

  it.each(['two words', '', 'ada@example.com', 'x'.repeat(10_000), '\ud83d', undefined as never])(
    'counts nothing under %j, and says so',
    async (name) => {
      await using wiring = await openWiring();
      const { telemetry, directory, server } = wiring;
      expect(telemetry.recordFeature(name)).toBe(false);
      expect(counted(directory)).toEqual(NOTHING);
      expect(telemetry.status().dropped).toEqual({ event_name_invalid: 1 });
      await telemetry.flush();
      expect(server.requests).toEqual([]);
    },
  );

  it('counts for the user what is not in the list of what may leave, and does not send it', async () => {
    class Listed extends TelemetryEvent {}
    await using wiring = await openWiring({ events: [Listed] });
    const { telemetry, directory, server } = wiring;
    expect(telemetry.recordFeature('toolkit.launch')).toBe(true);
    expect(counted(directory).features).toHaveLength(1);
    await telemetry.flush();
    expect(server.requests).toEqual([]);
    expect(telemetry.status().dropped).toEqual({ not_in_catalogue: 1 });
  });

  it('is sent where the class is listed', async () => {
    await using wiring = await openWiring({ events: [FeatureUsed] });
    const { telemetry, server } = wiring;
    telemetry.recordFeature('toolkit.launch');
    await telemetry.flush();
    expect(server.messages).toHaveLength(1);
  });
});

describe('recordEvent', () => {
  it('keeps what is sent, by the rule for untyped payloads', async () => {
    await using wiring = await openWiring();
    const { telemetry, directory, server } = wiring;
    expect(
      telemetry.recordEvent('Modder.Asset.Saved', { asset_id: 'character.hero', note: 'for Ada', size: 3 }),
    ).toBe(true);
    const [kept] = counted(directory).events;
    expect(kept).toEqual({
      event: 'modder.asset.saved',
      category: 'custom',
      payload: { asset_id: expect.stringMatching(/^blake3:[0-9a-f]{32}$/), note: 7, size: 3 },
    });
    await telemetry.flush();
    expect(server.messages[0]).toMatchObject({ event: 'modder.asset.saved', properties: kept?.payload });
  });

  it('is not kept where only declared classes may be recorded', async () => {
    await using wiring = await openWiring({ events: [FeatureUsed] });
    const { telemetry, directory } = wiring;
    expect(telemetry.recordEvent('asset.saved', { size: 3 })).toBe(false);
    expect(counted(directory)).toEqual(NOTHING);
  });
});

describe('hook and instrument', () => {
  it('count declared hooks with the last five payloads, on this machine only', async () => {
    await using wiring = await openWiring({ hooks: ['scene:enter'] });
    const { telemetry, directory, server } = wiring;
    const emitter = new EventEmitter();
    const stop = telemetry.instrument(emitter);
    for (let scene = 1; scene <= 7; scene += 1) emitter.emit('scene:enter', { scene });
    stop();
    emitter.emit('scene:enter', { scene: 8 });
    const samples = [3, 4, 5, 6, 7].map((scene) => ({ scene }));
    expect(counted(directory)).toEqual({ ...NOTHING, hooks: [{ name: 'scene:enter', total: 7, samples }] });
    await telemetry.flush();
    expect(server.requests).toEqual([]);
  });

  it('count no hook that is not declared', async () => {
    await using wiring = await openWiring({ hooks: ['scene:enter'] });
    const { telemetry, directory } = wiring;
    expect(telemetry.hook('scene:leave', { scene: 1 })).toBe(false);
    expect(counted(directory)).toEqual(NOTHING);
    expect(telemetry.status().dropped).toEqual({ not_in_catalogue: 1 });
  });

  it.each([[null], [5], ['saved'], [[7]], [['two words']]])(
    'refuse %j for a list of names',
    async (names) => {
      await using wiring = await openWiring({ hooks: ['saved'] });
      expect(() => wiring.telemetry.instrument(new EventEmitter(), names as never)).toThrow(
        expect.objectContaining({ code: 'OPTION_INVALID' }),
      );
    },
  );

  it('never fail the host, whatever its payload does when it is read', async () => {
    await using wiring = await openWiring({ hooks: ['saved'] });
    const { telemetry, directory } = wiring;
    const target = new EventTarget();
    telemetry.instrument(target);
    const event = new Event('saved');
    Object.defineProperty(event, 'detail', {
      get() {
        throw new Error('of the host');
      },
    });
    expect(target.dispatchEvent(event)).toBe(true);
    expect(telemetry.status().dropped).toEqual({ event_unserializable: 1 });
    expect(counted(directory)).toEqual(NOTHING);
  });
});

describe('counting', () => {
  it('does nothing, and makes nothing, without consent', async () => {
    await using wiring = await openWiring({ consent: 'opt-in', hooks: ['saved'] });
    const { telemetry, directory } = wiring;
    expect(telemetry.recordFeature('toolkit.launch')).toBe(false);
    expect(telemetry.recordEvent('asset.saved')).toBe(false);
    expect(telemetry.hook('saved')).toBe(false);
    expect(existsSync(directory)).toBe(false);
    expect(telemetry.status().dropped).toEqual({});
  });

  it('does nothing where the person left out events of use', async () => {
    await using wiring = await openWiring({ usageAnalytics: false, hooks: ['saved'] });
    const { telemetry, directory } = wiring;
    expect(telemetry.recordFeature('toolkit.launch')).toBe(false);
    expect(telemetry.hook('saved')).toBe(false);
    expect(counted(directory)).toEqual(NOTHING);
  });

  it('is found by scripts under the name they know', async () => {
    await using wiring = await openWiring({ app: 'studio-of-a-test' });
    getTelemetry('studio-of-a-test').recordFeature('toolkit.launch');
    expect(counted(wiring.directory).features).toHaveLength(1);
  });
});
