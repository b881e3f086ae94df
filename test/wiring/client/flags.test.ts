import { defineFlags } from 'sotto';
import { describe, expect, it } from 'vitest';
import { type Answer, answerWith, hangUp, neverAnswer } from '../../support/recording-server.js';
import { openWiring } from '../../support/wiring.js';

const DEFINED = defineFlags({ new_reranker: ['control', 'test'], beta_ui: 'boolean' });

/** PostHog's answer: `true`, `false` or a variant by key. */
const answerFlags =
  (flags: Readonly<Record<string, string | boolean>>): Answer =>
  (response) => {
    const entries = Object.entries(flags).map(([key, value]) => {
      const variant = typeof value === 'string' ? { variant: value } : {};
      return [key, { key, enabled: value !== false, ...variant, metadata: { version: 1 } }];
    });
    response.writeHead(200).end(JSON.stringify({ flags: Object.fromEntries(entries) }));
  };

const flagRequests = ({ requests }: { readonly requests: readonly { readonly url: string }[] }) =>
  requests.filter(({ url }) => url.startsWith('/flags'));

describe('a flag', () => {
  it('has the value that the server gives', async () => {
    await using wiring = await openWiring({ featureFlags: DEFINED });
    const { telemetry, server } = wiring;
    server.flags = answerFlags({ new_reranker: 'test', beta_ui: true });
    expect(await telemetry.getFeatureFlag('new_reranker')).toBe('test');
    expect(await telemetry.isFeatureEnabled('beta_ui')).toBe(true);
    expect(await telemetry.getAllFeatureFlags()).toEqual({ new_reranker: 'test', beta_ui: true });
  });

  it('is asked for once in a refresh window, by all calls together', async () => {
    await using wiring = await openWiring({ featureFlags: DEFINED });
    const { telemetry, server } = wiring;
    server.flags = answerFlags({ new_reranker: 'test', beta_ui: true });
    await Promise.all([telemetry.getFeatureFlag('new_reranker'), telemetry.getAllFeatureFlags()]);
    await telemetry.isFeatureEnabled('beta_ui');
    await telemetry.getFeatureFlag('new_reranker');
    expect(flagRequests(server)).toHaveLength(1);
  });

  it('is asked for again when the window is over', async () => {
    await using wiring = await openWiring({ featureFlags: DEFINED, flags: { refreshIntervalMs: 100 } });
    const { telemetry, server } = wiring;
    server.flags = answerFlags({ beta_ui: false });
    expect(await telemetry.getFeatureFlag('beta_ui')).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 110));
    await telemetry.getFeatureFlag('beta_ui');
    expect(flagRequests(server)).toHaveLength(2);
  });

  it('that was read is told once as an exposure, which passes the same door', async () => {
    await using wiring = await openWiring({ featureFlags: DEFINED });
    const { telemetry, server } = wiring;
    server.flags = answerFlags({ new_reranker: 'test' });
    await telemetry.getFeatureFlag('new_reranker');
    await telemetry.getFeatureFlag('new_reranker');
    await telemetry.flush();
    expect(server.messages).toMatchObject([
      {
        event: '$feature_flag_called',
        properties: {
          $feature_flag: 'new_reranker',
          $feature_flag_response: 'test',
          $process_person_profile: false,
          $geoip_disable: true,
        },
      },
    ]);
  });

  it('is told as an exposure in each session anew, under the id of that session', async () => {
    await using wiring = await openWiring({ featureFlags: DEFINED });
    const { telemetry, server } = wiring;
    server.flags = answerFlags({ new_reranker: 'test' });
    const ids: (string | undefined)[] = [];
    const read = async () => {
      ids.push(telemetry.sessionId);
      await telemetry.getFeatureFlag('new_reranker');
    };
    telemetry.startSession();
    await read();
    await telemetry.endSession();
    await read();
    telemetry.startSession();
    await read();
    await telemetry.endSession();
    expect(new Set(ids).size).toBe(3);
    expect(server.messages.map(({ distinct_id }) => distinct_id)).toEqual(ids);
  });

  it('is said with every later event, and no flag that has no value is', async () => {
    await using wiring = await openWiring({ featureFlags: DEFINED });
    const { telemetry, server } = wiring;
    server.flags = answerFlags({ new_reranker: 'test' });
    telemetry.capture('before');
    await telemetry.getAllFeatureFlags();
    telemetry.capture('after');
    await telemetry.flush();
    const features = server.messages.map(({ properties }) =>
      Object.keys(properties).filter((name) => name.startsWith('$feature/')),
    );
    expect(features).toEqual([[], ['$feature/new_reranker']]);
  });
});

describe('a flag without an answer', () => {
  const SILENCES: readonly (readonly [string, Answer])[] = [
    ['an error 500', answerWith(500)],
    ['an error 401', answerWith(401)],
    ['malformed JSON', (response) => response.writeHead(200).end('{"flags":{"beta_ui":')],
    ['another JSON', (response) => response.writeHead(200).end('[1,2]')],
    ['no body', (response) => response.writeHead(200).end()],
    ['a closed connection', hangUp],
    ['silence', neverAnswer],
    ['a redirect', answerWith(302, { location: 'http://127.0.0.1:9/' })],
    ['a quota that is used up', (response) => response.end('{"flags":{},"quotaLimited":["feature_flags"]}')],
    ['an endless answer', (response) => void response.writeHead(200).write(`{"flags":{"beta_ui":{"key":"${'x'.repeat(400_000)}`)],
  ]; // biome-ignore format: a table

  it.each(SILENCES)('is null, or what the caller falls back to, at %s', async (_, answer) => {
    await using wiring = await openWiring({ featureFlags: DEFINED, flags: { timeoutMs: 500 } });
    const { telemetry, server } = wiring;
    server.flags = answer;
    expect(await telemetry.getFeatureFlag('new_reranker')).toBeNull();
    expect(await telemetry.getFeatureFlag('new_reranker', 'control')).toBe('control');
    expect(await telemetry.isFeatureEnabled('beta_ui')).toBe(false);
    expect(await telemetry.isFeatureEnabled('beta_ui', true)).toBe(true);
    expect(await telemetry.getAllFeatureFlags()).toEqual({});
    expect(flagRequests(server)).toHaveLength(1);
    telemetry.capture('still_sent');
    await telemetry.flush();
    expect(server.messages.map(({ event }) => event)).toEqual(['still_sent']);
  });

  it('is null while telemetry is off, and nobody is asked', async () => {
    await using wiring = await openWiring({ featureFlags: DEFINED, enabled: false });
    const { telemetry, server } = wiring;
    expect(await telemetry.getFeatureFlag('new_reranker')).toBeNull();
    expect(await telemetry.getFeatureFlag('new_reranker', 'test')).toBe('test');
    expect(await telemetry.isFeatureEnabled('beta_ui', true)).toBe(true);
    expect(await telemetry.getAllFeatureFlags()).toEqual({});
    expect(server.requests).toEqual([]);
  });

  it('has no value that was not declared, whatever the server says', async () => {
    await using wiring = await openWiring({ featureFlags: DEFINED });
    wiring.server.flags = answerFlags({ new_reranker: 'undeclared', beta_ui: 'text', other: true });
    expect(await wiring.telemetry.getAllFeatureFlags()).toEqual({});
  });

  it('does not hold up a capture: events go out while the server keeps silent about flags', async () => {
    await using wiring = await openWiring({ featureFlags: DEFINED, flags: { timeoutMs: 60_000 } });
    const { telemetry, server } = wiring;
    server.flags = neverAnswer;
    const waiting = telemetry.getFeatureFlag('beta_ui');
    telemetry.capture('meanwhile');
    await telemetry.flush();
    expect(server.messages.map(({ event }) => event)).toEqual(['meanwhile']);
    await telemetry.shutdown();
    expect(await waiting).toBeNull();
  });
});
