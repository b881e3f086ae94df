import { ConfigError, createTelemetry, defineFlags, getTelemetryClient } from 'sotto';
import { afterEach, describe, expect, it } from 'vitest';
import { uniqueApp } from '../../support/wiring.js';

const opened: { shutdown(): Promise<void> }[] = [];

/** `createTelemetry`, undone after the test. Without a key the clients are off; none here sends. */
const create: typeof createTelemetry = (options) => {
  const telemetry = createTelemetry(options);
  opened.push(telemetry);
  return telemetry;
};

afterEach(async () => {
  for (const telemetry of opened.splice(0)) await telemetry.shutdown();
});

describe('createTelemetry', () => {
  it('gives the same client for equal settings, however they were written', () => {
    const app = uniqueApp();
    const first = create({ app, delivery: { batchSize: 10 } });
    expect(create({ app })).toBe(first);
  });

  it.each([
    ['settings', { delivery: { batchSize: 11 } }],
    ['a version', { version: '1.0.0' }],
    ['flags', { featureFlags: defineFlags({ beta_ui: 'boolean' }) }],
  ])('throws when the app has a client with other %s', (_, others) => {
    const app = uniqueApp();
    create({ app });
    expect(() => createTelemetry({ app, ...others })).toThrow(ConfigError);
    expect(() => createTelemetry({ app, ...others })).toThrow(app);
  });

  it('takes flags that were declared alike for the same flags', () => {
    const app = uniqueApp();
    const first = create({ app, featureFlags: defineFlags({ beta_ui: 'boolean' }) });
    expect(create({ app, featureFlags: defineFlags({ beta_ui: 'boolean' }) })).toBe(first);
  });

  it('gives a new client after the shutdown of the first, with whatever settings', async () => {
    const app = uniqueApp();
    const first = create({ app });
    await first.shutdown();
    const second = create({ app, version: '1.0.0' });
    expect(second).not.toBe(first);
    await first.shutdown();
    expect(getTelemetryClient(app)).toBe(second);
  });

  it.each([undefined, null, {}])('names what is missing when it is given %j', (options) => {
    expect(() => createTelemetry(options as never)).toThrow(ConfigError);
    expect(() => createTelemetry(options as never)).toThrow('app');
  });

  it('names a misspelled option, and the one that was meant', () => {
    const options = { app: uniqueApp(), toolsAbovePrivacy: true };
    expect(() => createTelemetry(options)).toThrow(/toolsAbovePrivacy.*toolsOverPrivacy/);
  });

  it.each<[string, unknown]>([
    ['a number', 5],
    ['null', null],
    ['a flag without variants', { new_layout: [] }],
  ])('refuses %s as flags', (_what, featureFlags) => {
    const options = { app: uniqueApp(), featureFlags: featureFlags as never };
    expect(() => createTelemetry(options)).toThrow(
      expect.objectContaining({ code: 'FLAG_DEFINITION_INVALID' }),
    );
  });

  it('starts no timer and opens nothing', () => {
    const before = process.getActiveResourcesInfo();
    create({ app: uniqueApp(), consent: 'given', posthog: { key: 'phc_unit' } });
    expect(process.getActiveResourcesInfo()).toEqual(before);
  });

  it('does not keep or change the options it was given', () => {
    const posthog = Object.freeze({ key: 'phc_unit' });
    const options = Object.freeze({ app: uniqueApp(), posthog });
    expect(create(options)).toBe(create({ app: options.app, posthog: { key: 'phc_unit' } }));
  });
});

describe('getTelemetryClient', () => {
  it('finds the client of an app, and without a name the only one there is', () => {
    const app = uniqueApp();
    const telemetry = create({ app });
    expect(getTelemetryClient(app)).toBe(telemetry);
    expect(getTelemetryClient()).toBe(telemetry);
  });

  it('takes nobody for the only one where there are two', () => {
    const [one, other] = [create({ app: uniqueApp() }), create({ app: uniqueApp() })];
    expect([one, other]).not.toContain(getTelemetryClient());
    expect(getTelemetryClient().enabled).toBe(false);
  });

  it('gives a client that is off where there is none, and finds the real one once there is', () => {
    const app = uniqueApp();
    const early = getTelemetryClient(app);
    expect(early.status()).toMatchObject({ mode: 'off', why: { layer: 'enabled_option' } });
    expect(() => early.capture('nothing')).not.toThrow();
    const telemetry = create({ app, version: '1.0.0' });
    expect(getTelemetryClient(app)).toBe(telemetry);
  });

  it('creates the client from options when the app has none yet, and finds it when it has', () => {
    const app = uniqueApp();
    const created = getTelemetryClient({ app, version: '1.0.0' });
    opened.push(created);
    expect(getTelemetryClient({ app })).toBe(created);
    expect(getTelemetryClient(app)).toBe(created);
  });

  it.each(['Not A Name', '', '../acme'])('throws for %j: no app can have that name', (name) => {
    expect(() => getTelemetryClient(name)).toThrow(ConfigError);
  });

  it('finds no client that has ended', async () => {
    const app = uniqueApp();
    const telemetry = create({ app });
    await telemetry.shutdown();
    expect(getTelemetryClient(app)).not.toBe(telemetry);
  });
});
