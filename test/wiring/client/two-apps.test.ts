import { describe, expect, it } from 'vitest';
import { buildCodeSearch } from '../../support/code-search-event.js';
import { openWiring } from '../../support/wiring.js';

describe('two apps in one process', () => {
  it('share no key, no server, no session, no secret and no queue', async () => {
    await using one = await openWiring({ posthog: { key: 'phc_one' } });
    await using other = await openWiring({ posthog: { key: 'phc_other' } });
    one.telemetry.startSession({ interface: 'one' });
    other.telemetry.startSession({ interface: 'other' });
    one.telemetry.capture(buildCodeSearch());
    other.telemetry.capture(buildCodeSearch());
    expect(one.telemetry.status().pending).toBe(1);
    await one.telemetry.flush();
    expect(other.server.requests).toEqual([]);
    await other.telemetry.flush();

    const sides = [one, other].map(({ server }) => {
      const { api_key, batch } = server.batches[0]!;
      const { interface: tag, repository, tab } = batch[0]!.properties;
      return { count: batch.length, api_key, tag, repository, tab, distinctId: batch[0]?.distinct_id };
    });
    expect(sides).toMatchObject([
      { count: 1, api_key: 'phc_one', tag: 'one' },
      { count: 1, api_key: 'phc_other', tag: 'other' },
    ]);
    for (const field of ['repository', 'tab', 'distinctId'] as const)
      expect(sides[0]?.[field]).not.toBe(sides[1]?.[field]);
  });

  it('have scopes of their own, one inside the other', async () => {
    await using one = await openWiring();
    await using other = await openWiring();
    const outside = other.telemetry.sessionId;
    one.telemetry.withSession({ interface: 'scope' }, () => {
      expect(other.telemetry.sessionId).toBe(outside);
      other.telemetry.capture('inside');
    });
    await other.telemetry.flush();
    expect(other.server.messages[0]?.properties).not.toHaveProperty('interface');
  });

  it('end one by one', async () => {
    await using one = await openWiring();
    await using other = await openWiring();
    await one.telemetry.shutdown();
    other.telemetry.capture('still_here');
    await other.telemetry.flush();
    expect(other.server.messages).toHaveLength(1);
  });
});
