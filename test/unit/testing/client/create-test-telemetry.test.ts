import { defineFlags } from 'sotto';
import { createTestTelemetry } from 'sotto/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CodeSearch, search, Timed } from './support.js';

afterEach(() => vi.unstubAllEnvs());

describe('what a test sees of telemetry', () => {
  it('is what would have left, in order, reduced by the real rules', () => {
    const test = createTestTelemetry();
    test.telemetry.capture(search());
    test.telemetry.capture('asset.saved', { size: 12, author: 'ada' });
    expect(test.events.map(({ event }) => event)).toEqual(['code_search', 'asset.saved']);
    expect(test.events[0]?.properties).toMatchObject({ intent: 'DEBUG', query: 10, results: 2 });
    expect(JSON.stringify(test.events)).not.toMatch(/Ada|engine/);
  });

  it('equals the preview, byte for byte', () => {
    const test = createTestTelemetry();
    const preview = test.telemetry.preview(search());
    test.telemetry.capture(search());
    const { event, distinct_id, properties } = test.events[0]!;
    expect(JSON.stringify({ event, distinct_id, properties })).toBe(JSON.stringify(preview));
  });

  it('is one list that grows, of events that nobody can change', () => {
    const { telemetry, events } = createTestTelemetry();
    telemetry.capture(search());
    telemetry.capture(search());
    expect(events).toHaveLength(2);
    expect(() => Object.assign(events[0]!.properties, { query: 'x' })).toThrow(TypeError);
  });

  it('is forgotten by clear(), with the losses', () => {
    const test = createTestTelemetry({ events: [CodeSearch] });
    test.telemetry.capture(search());
    test.telemetry.capture('undeclared');
    expect(test.drops).toEqual({ not_in_catalogue: 1 });
    test.clear();
    expect([test.events, test.drops]).toEqual([[], {}]);
    test.telemetry.capture('undeclared');
    expect(test.drops).toEqual({ not_in_catalogue: 1 });
  });
});

describe('whether anything is recorded', () => {
  it('is decided by the test, whatever the environment says', () => {
    vi.stubEnv('DO_NOT_TRACK', '1');
    vi.stubEnv('CI', 'true');
    vi.stubEnv('TEST_APP_TELEMETRY_ENABLED', 'false');
    expect(createTestTelemetry().telemetry.status()).toMatchObject({ mode: 'on', warnings: [] });
  });

  it('is nothing after a no, until a yes', async () => {
    const test = createTestTelemetry({ consent: 'off' });
    test.telemetry.capture(search());
    expect(test.telemetry.enabled).toBe(false);
    expect(test.telemetry.status().why.source).toBe('createTestTelemetry()');
    expect(await test.telemetry.askForConsent()).toBe(false);
    expect(test.telemetry.enable()).toBe(true);
    test.telemetry.capture(search());
    expect(test.events).toHaveLength(1);
    await test.telemetry.disable();
    test.telemetry.capture(search());
    expect(test.events).toHaveLength(1);
  });

  it('is for the person to see where the consent is local', () => {
    const test = createTestTelemetry({ consent: 'local' });
    test.telemetry.capture(search());
    expect([test.telemetry.status().mode, test.events.length]).toEqual(['local', 1]);
  });

  it('is less where code says so', () => {
    const test = createTestTelemetry({ usageAnalytics: false });
    test.telemetry.capture(search());
    expect([test.events, test.drops]).toEqual([[], { consent_off: 1 }]);
    expect(createTestTelemetry({ enabled: false }).telemetry.enabled).toBe(false);
  });

  it('includes what needs a yes of its own where the test says so', () => {
    const plain = createTestTelemetry();
    const more = createTestTelemetry({ toolsOverPrivacy: true, crashReporting: true });
    for (const { telemetry } of [plain, more]) {
      telemetry.capture(search('who is ada@example.com'));
      telemetry.captureCrash(new Error('boom'));
    }
    expect(plain.events.map(({ event }) => event)).toEqual(['code_search']);
    expect(more.events.map(({ event }) => event)).toEqual(['code_search', 'test_app.crash']);
    expect(JSON.stringify(plain.events)).not.toContain('who is');
    expect(JSON.stringify(more.events)).toContain('who is');
    expect(JSON.stringify(more.events)).not.toContain('ada@');
  });
});

describe('the parts of telemetry', () => {
  it('work as in a program: sessions, metrics, counters, spans', async () => {
    const test = createTestTelemetry({ app: 'acme' });
    const { telemetry, clock } = test;
    telemetry.withSession({ target: 'cli' }, () => telemetry.capture(search()));
    telemetry.track.span('search.rank', () => clock.advanceMs(250), { event: true });
    expect(telemetry.recordFeature('toolkit.launch')).toBe(true);
    await telemetry.shutdown();
    const [first, ...others] = test.events;
    expect(first?.properties).toMatchObject({ target: 'cli' });
    expect(others.map(({ event }) => event)).toEqual([
      'acme.operation',
      'acme.feature.used',
      'acme.performance.latency',
    ]);
    expect(others[0]?.properties).toMatchObject({ duration_ms: 250 });
  });

  it('take the values of flags from the test, and tell of their use', async () => {
    const featureFlags = defineFlags({ layout: ['narrow', 'wide'], beta: 'boolean' });
    const test = createTestTelemetry({ featureFlags, flagValues: { layout: 'wide' } });
    expect(await test.telemetry.getFeatureFlag('layout', 'narrow')).toBe('wide');
    expect(await test.telemetry.isFeatureEnabled('beta', true)).toBe(true);
    expect(test.events.map(({ event }) => event)).toEqual(['$feature_flag_called']);
    test.telemetry.capture(search());
    expect(test.events[1]?.properties).toMatchObject({ '$feature/layout': 'wide' });
  });

  it('take the time from the clock of the test', () => {
    const test = createTestTelemetry();
    test.telemetry.capture(Timed.create({ ms: 5 }));
    test.clock.set(Date.UTC(2026, 1, 1));
    test.telemetry.capture(Timed.create({ ms: 5 }));
    expect(test.events.map(({ timestamp, properties }) => [timestamp, properties.ms])).toEqual([
      ['2026-01-01T00:00:00.000Z', 5],
      ['2026-02-01T00:00:00.000Z', undefined],
    ]);
    expect(test.drops).toEqual({ field_expired: 1 });
  });

  it('are not shared between tests', () => {
    const [first, second] = [createTestTelemetry(), createTestTelemetry()];
    first.telemetry.capture(search());
    expect(second.events).toEqual([]);
    expect(first.telemetry.sessionId).not.toBe(second.telemetry.sessionId);
  });
});

describe('in production', () => {
  it('it refuses to run, and says why', () => {
    vi.stubEnv('NODE_ENV', 'production');
    expect(() => createTestTelemetry()).toThrow(
      expect.objectContaining({
        code: 'TESTING_IN_PRODUCTION',
        message: expect.stringContaining('lost without a word'),
      }),
    );
  });
});
