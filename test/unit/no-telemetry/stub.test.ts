import { Hono } from 'hono';
import * as full from 'sotto';
import { describe, expect, it } from 'vitest';
import * as commands from '../../../src/no-telemetry/cli.js';
import * as stub from '../../../src/no-telemetry/index.js';
import { otlp } from '../../../src/no-telemetry/otlp.js';

const telemetry = stub.createTelemetry({ app: 'acme', consent: 'given', posthog: { key: 'phc_test' } });

describe('the package without telemetry', () => {
  it('has every name of the package, and no other', () => {
    expect(Object.keys(stub).sort()).toEqual(Object.keys(full).sort());
  });

  it('has a client with every member of the real one', () => {
    const real = full.createTelemetry({ app: 'acme', enabled: false });
    const members = [
      ...Object.getOwnPropertyNames(real),
      ...Object.getOwnPropertyNames(Object.getPrototypeOf(real)),
    ].filter((name) => name !== 'constructor');
    expect(Object.keys(telemetry).sort()).toEqual([...new Set(members)].sort());
    expect(Object.keys(telemetry.track).sort()).toEqual(Object.keys(real.track).sort());
    expect(Object.keys(telemetry.installation).sort()).toEqual(Object.keys(real.installation).sort());
    expect(Object.keys(telemetry.status()).sort()).toEqual(Object.keys(real.status()).sort());
  });

  it('declares events as the package does', () => {
    const Made = stub.defineEvent('stub_made', { kind: stub.plain(stub.oneOf('a', 'b')) });
    expect(Made.create({ kind: 'a' })).toMatchObject({ kind: 'a' });
    expect(() => Made.create({ kind: 'c' as 'a' })).toThrow(stub.EventError);
  });
});

describe('its client', () => {
  it('is off, and says that no setting can change it', async () => {
    expect(telemetry.enable()).toBe(false);
    expect(await telemetry.askForConsent()).toBe(false);
    expect(telemetry.status()).toMatchObject({
      mode: 'off',
      why: { layer: 'built_without', message: 'Telemetry is off: this program was built without it.' },
    });
  });

  it('runs what it is given, and gives on what that gives and throws', async () => {
    const { track } = telemetry;
    expect(telemetry.withSession({}, () => 1)).toBe(1);
    expect(track.span('x', () => 2)).toBe(2);
    expect(track.command('x', () => 3)).toBe(3);
    expect(track.request({ method: 'GET', route: '/' }, () => 4)).toBe(4);
    expect(() =>
      track.span('x', () => {
        throw new RangeError('mine');
      }),
    ).toThrow('mine');
    track.startRequest()({ method: 'GET', route: '/', status: 200 });
    await track.health('x', 'healthy');
  });

  it('gives the fallbacks of flags', async () => {
    expect(await telemetry.getFeatureFlag('layout', 'narrow')).toBe('narrow');
    expect(await telemetry.getFeatureFlag('layout')).toBe(null);
    expect(await telemetry.isFeatureEnabled('beta', true)).toBe(true);
    expect(await telemetry.isFeatureEnabled('beta')).toBe(false);
    expect(await telemetry.getAllFeatureFlags()).toEqual({});
  });

  it('does not look at what it is told', () => {
    const trap = new Proxy({}, { get: () => expect.unreachable(), ownKeys: () => expect.unreachable() });
    telemetry.capture(trap);
    telemetry.capture('name', trap);
    telemetry.trackError(trap);
    telemetry.captureFromEvent(trap as never);
    expect(telemetry.preview(trap)).toBeUndefined();
    expect(telemetry.recordFeature('x')).toBe(false);
    telemetry.instrument(trap as never)();
  });

  it('can be passed on, and ends', async () => {
    await Promise.reject(new Error('x')).catch(telemetry.trackError);
    const ending = stub.createTelemetry({ app: 'acme' });
    await ending.endSession();
    await ending.flush();
    await ending.shutdown();
    expect(ending.status().hasEnded).toBe(true);
  });
});

describe('its middleware', () => {
  it('passes requests through', async () => {
    const app = new Hono().use(stub.trackHono(telemetry)).get('/', (context) => context.text('served'));
    expect(await (await app.request('/')).text()).toBe('served');
    let calls = 0;
    const next = () => {
      calls += 1;
    };
    stub.trackExpress(telemetry)({} as never, {} as never, next);
    const plugin = stub.trackFastify(telemetry);
    plugin({ addHook: () => expect.unreachable() }, {}, next);
    expect(calls).toBe(2);
    expect(Object.getOwnPropertySymbols(plugin)).toEqual([Symbol.for('skip-override')]);
  });
});

describe('its other entries', () => {
  it('answer every telemetry command with one sentence', async () => {
    const command = commands.createTelemetryCommand({ app: 'acme' });
    const written: string[] = [];
    const io = { stdout: { write: (text: string) => written.push(text) } } as never;
    expect(command.name).toBe('acme telemetry');
    expect(await command.run(['enable'], io)).toBe(0);
    expect(await command.run(['status', '--json'], io)).toBe(0);
    expect(written[0]).toBe('Telemetry is off: this program was built without it.\n');
    expect(JSON.parse(written[1]!)).toMatchObject({ mode: 'off', why: { layer: 'built_without' } });
  });

  it('take the options of OTLP, and load nothing', () => {
    expect(otlp({ endpoint: 'http://localhost:4318' })).toEqual({ endpoint: 'http://localhost:4318' });
  });
});
