import { homedir, hostname, userInfo } from 'node:os';
import { defineFlags, type SearchDescription } from 'sotto';
import { describe, expect, it } from 'vitest';
import { buildCodeSearch } from '../../support/code-search-event.js';
import { openWiring, type Wiring } from '../../support/wiring.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const SEARCH: SearchDescription = {
  query: 'who mailed jane.doe@example.com about quarterly-numbers',
  strategies: ['hybrid'],
  executionTimeMs: 5,
  response: {
    summary: 'summary-text-of-the-result',
    matches: [{ score: 0.5, matchType: 'definition', language: 'go' }],
    warnings: ['warning-text-of-the-result'],
  },
};

/** Parts of the query and of the result; none may leave as it is. */
const PRIVATE_TEXTS = ['jane.doe', 'example.com', 'summary-text', 'warning-text'];

/** Use every way to send something, so that the server has seen all there is. */
async function recordEverything({ telemetry }: Pick<Wiring, 'telemetry'>): Promise<void> {
  telemetry.startSession({ interface: 'mcp', user: 'jane', cwd: process.cwd(), home: homedir() });
  telemetry.capture(buildCodeSearch());
  telemetry.capture('untyped', { hostname: hostname(), username: userInfo().username, path: homedir() });
  telemetry.captureFromEvent({ toPosthogEvent: () => ['from_event', { $set: { email: 'jane' }, n: 1 }] });
  telemetry.captureWithSerialization('serialized', { serializeForTelemetry: () => ({ n: 1 }) });
  telemetry.captureSearchEvent(SEARCH);
  await telemetry.getFeatureFlag('a_flag');
  await telemetry.endSession();
  telemetry.capture('after', { n: 1 });
  await telemetry.shutdown();
}

describe('what the server ever sees', () => {
  it('has no person, no location and no profile in any message', async () => {
    await using wiring = await openWiring();
    await recordEverything(wiring);
    const { messages } = wiring.server;
    expect(messages.map(({ event }) => event)).toEqual([
      'code_search',
      'untyped',
      'from_event',
      'serialized',
      expect.stringMatching(/_search$/),
      'after',
    ]);
    for (const { properties, distinct_id } of messages) {
      expect(properties).toMatchObject({ $process_person_profile: false, $geoip_disable: true });
      expect(distinct_id).toMatch(UUID);
    }
    expect(wiring.server.everything).not.toContain('$set');
    expect(wiring.server.everything).not.toContain('$ip');
  });

  it('names neither host nor user nor any directory, in bodies, addresses and headers', async () => {
    await using wiring = await openWiring();
    await recordEverything(wiring);
    const identities = [hostname(), userInfo().username, homedir(), process.cwd(), wiring.directory, 'jane'];
    for (const identity of identities.filter(({ length }) => length > 2))
      expect(wiring.server.everything).not.toContain(identity);
  });

  it('has a new random id in every session, and one for all events of it', async () => {
    await using wiring = await openWiring();
    const { telemetry, server } = wiring;
    const ids: (string | undefined)[] = [];
    for (const event of ['first', 'second', 'third']) {
      telemetry.startSession();
      ids.push(telemetry.sessionId, telemetry.sessionId);
      telemetry.capture(event);
      telemetry.capture(event);
      await telemetry.endSession();
    }
    expect(server.messages.map(({ distinct_id }) => distinct_id)).toEqual(ids);
    expect(new Set(ids).size).toBe(3);
  });

  it('is told for flags: the key, the random id, which flags, and nothing else', async () => {
    await using wiring = await openWiring({ featureFlags: defineFlags({ a_flag: 'boolean' }) });
    const { telemetry, server } = wiring;
    telemetry.startSession({ interface: 'mcp' });
    await telemetry.getFeatureFlag('a_flag');
    expect(JSON.parse(server.requests[0]?.text ?? '')).toEqual({
      token: 'phc_wiring',
      distinct_id: telemetry.sessionId,
      groups: {},
      person_properties: {},
      group_properties: {},
      geoip_disable: true,
      flag_keys_to_evaluate: ['a_flag'],
      evaluation_runtime: 'server',
    });
  });

  it('has headers that any program of this library sends alike', async () => {
    await using wiring = await openWiring();
    await recordEverything(wiring);
    expect(wiring.server.requests).toHaveLength(3);
    for (const { headers } of wiring.server.requests) {
      const { host, 'content-length': length, 'content-encoding': encoding, ...others } = headers;
      expect(others).toEqual({
        connection: 'keep-alive',
        'user-agent': expect.stringMatching(/^sotto\/\d+\.\d+\.\d+$/),
        'content-type': 'application/json',
      });
    }
  });
});

describe('tools-over-privacy', () => {
  it('off: neither the query nor anything of the result is in any request', async () => {
    await using wiring = await openWiring();
    await recordEverything(wiring);
    for (const text of [...PRIVATE_TEXTS, 'quarterly', 'mailed', 'secret'])
      expect(wiring.server.everything).not.toContain(text);
  });

  it('on: the redacted query is there and nothing else of what is private', async () => {
    await using wiring = await openWiring({ toolsOverPrivacy: true });
    await recordEverything(wiring);
    const search = wiring.server.messages.find(
      ({ event }) => event.endsWith('_search') && event !== 'code_search',
    );
    expect(search?.properties.query).toEqual({
      token_count: 5,
      char_count: SEARCH.query.length,
      query: expect.stringMatching(/^who mailed \S+ about quarterly-numbers$/),
    });
    for (const text of [...PRIVATE_TEXTS, 'secret-result', 'secret-repository', 'sk-secret'])
      expect(wiring.server.everything).not.toContain(text);
  });

  it('on for the user, refused by the caller: only the length', async () => {
    await using wiring = await openWiring({ toolsOverPrivacy: true });
    wiring.telemetry.captureSearchEvent({ ...SEARCH, toolsOverPrivacy: false });
    await wiring.telemetry.flush();
    expect(wiring.server.everything).not.toContain('quarterly');
  });

  it('is not switched on by the caller of a search', async () => {
    await using wiring = await openWiring();
    wiring.telemetry.captureSearchEvent({ ...SEARCH, toolsOverPrivacy: true });
    await wiring.telemetry.flush();
    expect(wiring.server.everything).not.toContain('quarterly');
  });
});
