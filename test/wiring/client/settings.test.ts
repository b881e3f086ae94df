import { access } from 'node:fs/promises';
import type { CreateTelemetryOptions } from 'sotto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openWiring, prefixOf, uniqueApp, type Wiring } from '../../support/wiring.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A client of an app whose variables are set as given; `<APP>` stands for its prefix. */
async function openWith(
  variables: Readonly<Record<string, string>>,
  options: Partial<CreateTelemetryOptions> = {},
) {
  const app = uniqueApp();
  for (const [name, value] of Object.entries(variables))
    vi.stubEnv(name.replace('<APP>', prefixOf(app)), value);
  return openWiring({ app, ...options });
}

/** Everything a client can be asked to do that leaves the process. */
async function useEverything({ telemetry }: Wiring): Promise<void> {
  telemetry.startSession({ tag: 'x' });
  telemetry.capture('an_event', { userId: 'jane' });
  await telemetry.getFeatureFlag('a_flag');
  await telemetry.getAllFeatureFlags();
  await telemetry.flush();
  await telemetry.endSession();
  await telemetry.shutdown();
}

describe('an off in the environment', () => {
  const spellings = ['1', 'true', 'yes', 'on', 'TRUE', 'Yes', ' on ', 'maybe', '2'];
  const variables = ['DISABLE_TELEMETRY', '<APP>_DISABLE_TELEMETRY', '<APP>__TELEMETRY__DISABLE_TELEMETRY'];

  it.each(variables.flatMap((variable) => spellings.map((value) => [variable, value] as const)))(
    '%s=%j: no request, no file',
    async (variable, value) => {
      await using wiring = await openWith({ [variable]: value }, { enabled: true });
      await useEverything(wiring);
      expect(wiring.telemetry.enabled).toBe(false);
      expect(wiring.server.requests).toEqual([]);
      await expect(access(wiring.directory)).rejects.toThrow('ENOENT');
    },
  );

  it('is told with the variable that said it, and a value it could not read is told too', async () => {
    await using wiring = await openWith({ DISABLE_TELEMETRY: 'maybe' });
    const { mode, why, warnings, host } = wiring.telemetry.status();
    expect({ mode, source: why.source, host }).toEqual({
      mode: 'off',
      source: 'DISABLE_TELEMETRY',
      host: undefined,
    });
    expect(warnings).toMatchObject([{ code: 'VALUE_INVALID', source: 'DISABLE_TELEMETRY' }]);
  });

  it.each(['0', 'false', 'no', 'off', 'OFF', ' no ', ''])(
    'is not said by DISABLE_TELEMETRY=%j',
    async (value) => {
      await using wiring = await openWith({ DISABLE_TELEMETRY: value });
      await useEverything(wiring);
      expect(wiring.server.messages.map(({ event }) => event)).toEqual(['an_event']);
    },
  );

  it.each(['0', 'false', ''])('is said by <APP>_TELEMETRY_ENABLED=%j', async (value) => {
    await using wiring = await openWith({ '<APP>_TELEMETRY_ENABLED': value });
    await useEverything(wiring);
    expect(wiring.server.requests).toEqual([]);
  });
});

describe('a yes in the environment', () => {
  it.each(['1', 'true', 'YES', ' on '])('is said by <APP>_TELEMETRY_ENABLED=%j', async (value) => {
    await using wiring = await openWith({ '<APP>_TELEMETRY_ENABLED': value }, { consent: 'opt-in' });
    await useEverything(wiring);
    expect(wiring.server.messages).toHaveLength(1);
  });

  it('does not outweigh an off', async () => {
    await using wiring = await openWith({ '<APP>_TELEMETRY_ENABLED': 'true', DO_NOT_TRACK: '1' });
    await useEverything(wiring);
    expect(wiring.server.requests).toEqual([]);
  });
});

describe('a dry run', () => {
  it('records and counts, and makes no request', async () => {
    await using wiring = await openWith({ '<APP>__TELEMETRY__DRY_RUN': '1' });
    wiring.telemetry.capture('an_event', { count: 1 });
    expect(wiring.telemetry.status()).toMatchObject({ mode: 'local', recorded: 1, sent: 0, pending: 0 });
    await useEverything(wiring);
    expect(wiring.server.requests).toEqual([]);
  });
});

describe('BATCH_SIZE', () => {
  it('3: the third capture makes one request of exactly three events', async () => {
    await using wiring = await openWith(
      { '<APP>__TELEMETRY__BATCH_SIZE': '3' },
      { delivery: { batchSize: 500 } },
    );
    const { server, telemetry } = wiring;
    for (let n = 1; n <= 3; n += 1) telemetry.capture('numbered', { n });
    await server.batchesArrived(1);
    telemetry.capture('numbered', { n: 4 });
    await telemetry.shutdown();
    expect(server.batches.map(({ batch }) => batch.map(({ properties }) => properties.n))).toEqual([
      [1, 2, 3],
      [4],
    ]);
  });

  it('3: two captures make no request', async () => {
    await using wiring = await openWith({ '<APP>__TELEMETRY__BATCH_SIZE': '3' });
    wiring.telemetry.capture('numbered', { n: 1 });
    wiring.telemetry.capture('numbered', { n: 2 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(wiring.server.requests).toEqual([]);
    expect(wiring.telemetry.status().pending).toBe(2);
  });

  it.each(['abc', '0', '-1', '1e9', '3.5'])('%s: is told and falls back, nothing breaks', async (value) => {
    await using wiring = await openWith({ '<APP>__TELEMETRY__BATCH_SIZE': value });
    expect(wiring.telemetry.status().warnings).toMatchObject([{ code: 'VALUE_INVALID' }]);
    await useEverything(wiring);
    expect(wiring.server.messages).toHaveLength(1);
  });
});

describe('BATCH_INTERVAL_SECONDS', () => {
  it('1: a single event arrives after a second, without a flush', async () => {
    await using wiring = await openWith({ '<APP>__TELEMETRY__BATCH_INTERVAL_SECONDS': '1' });
    const startMs = performance.now();
    wiring.telemetry.capture('single');
    await wiring.server.batchesArrived(1);
    expect(wiring.server.messages).toHaveLength(1);
    expect(performance.now() - startMs).toBeGreaterThan(900);
  });
});

describe('where events go', () => {
  it.each([
    '<APP>__TELEMETRY__POSTHOG_API_KEY',
    '<APP>_POSTHOG_API_KEY',
    '<APP>__TELEMETRY__POSTHOG_PROJECT_KEY',
  ])('%s is the key in every request', async (variable) => {
    await using wiring = await openWith({ [variable]: 'phc_from_environment' });
    await useEverything(wiring);
    expect(wiring.server.batches.map((batch) => batch.api_key)).toEqual(['phc_from_environment']);
    expect(wiring.server.everything).not.toContain('phc_wiring');
    const [flags] = wiring.server.requests.filter(({ url }) => url.startsWith('/flags'));
    expect(flags?.text).toContain('phc_from_environment');
  });

  it.each([
    ['', '/batch/', '/flags/?v=2'],
    ['/', '/batch/', '/flags/?v=2'],
    ['/ingest', '/ingest/batch/', '/ingest/flags/?v=2'],
    ['/a/b//', '/a/b/batch/', '/a/b/flags/?v=2'],
  ])('POSTHOG_HOST with the path %j is followed as it is', async (path, batch, flags) => {
    await using target = await openWiring();
    await using wiring = await openWith({
      '<APP>__TELEMETRY__POSTHOG_HOST': `${target.server.url}${path}`,
    });
    await useEverything(wiring);
    expect(target.server.requests.map(({ url }) => url).sort()).toEqual([batch, flags].sort());
    expect(wiring.server.requests).toEqual([]);
  });

  it('is nowhere when POSTHOG_HOST cannot be used: never another place', async () => {
    await using wiring = await openWith({ '<APP>__TELEMETRY__POSTHOG_HOST': 'not a url' });
    await useEverything(wiring);
    expect(wiring.telemetry.enabled).toBe(false);
    expect(wiring.telemetry.status().why.layer).toBe('destination_invalid');
    expect(wiring.server.requests).toEqual([]);
  });

  it('is nowhere without a key', async () => {
    await using wiring = await openWiring({ posthog: { key: '' } });
    await useEverything(wiring);
    expect(wiring.telemetry.enabled).toBe(false);
    expect(wiring.telemetry.status().why.layer).toBe('no_key');
    expect(wiring.server.requests).toEqual([]);
  });
});

describe('a misspelled variable', () => {
  it('is told together with the one that was meant', async () => {
    await using wiring = await openWith({ '<APP>__TELEMETRY__TOOLS_ABOVE_PRIVACY': 'true' });
    const [warning] = wiring.telemetry.status().warnings;
    expect(warning?.code).toBe('VARIABLE_UNKNOWN');
    expect(warning?.rule).toContain('TOOLS_OVER_PRIVACY');
  });
});
