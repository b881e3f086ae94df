import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { defineFlags, type Preview } from 'sotto';
import { describe, expect, it } from 'vitest';
import { buildCodeSearch } from '../../support/code-search-event.js';
import { openWiring } from '../../support/wiring.js';

const UNTYPED = {
  userId: 'jane',
  filePath: '/home/jane/secret.txt',
  count: 3,
  ratio: 0.1 + 0.2,
  label: 'a-label',
  text: 'some free text that is not a label',
  at: new Date(0),
  nested: { list: [1, null, true, Number.NaN, -0], big: 12n },
};

const bytesOf = (message: Preview | undefined) =>
  message && JSON.stringify([message.event, message.distinct_id, message.properties]);

/** The very text in which a preview's properties stand in a request. */
const asSent = (preview: Preview | undefined) => `"properties":${JSON.stringify(preview?.properties)}`;

describe('the preview of an event', () => {
  it.each(['outside a session', 'in a process-wide session', 'in a session scope'])(
    'is what goes on the wire, byte for byte: %s',
    async (where) => {
      await using wiring = await openWiring();
      const { telemetry, server } = wiring;
      const previews: (Preview | undefined)[] = [];
      const record = () => {
        previews.push(telemetry.preview(buildCodeSearch()), telemetry.preview('untyped', UNTYPED));
        telemetry.capture(buildCodeSearch());
        telemetry.capture('untyped', UNTYPED);
      };
      if (where === 'in a process-wide session') telemetry.startSession({ interface: 'mcp', userId: 'jane' });
      if (where === 'in a session scope') telemetry.withSession({ interface: 'http' }, record);
      else record();
      await telemetry.flush();

      expect(server.messages).toHaveLength(2);
      expect(server.messages.map((message) => bytesOf(message as Preview))).toEqual(previews.map(bytesOf));
      for (const preview of previews) expect(server.requests[0]?.text).toContain(asSent(preview));
    },
  );

  it('shows the flags that are said with the event', async () => {
    const featureFlags = defineFlags({ new_reranker: ['control', 'test'] });
    await using wiring = await openWiring({ featureFlags });
    const { telemetry, server } = wiring;
    server.flags = (response) =>
      response.end('{"flags":{"new_reranker":{"key":"new_reranker","enabled":true,"variant":"test"}}}');
    await telemetry.getFeatureFlag('new_reranker');
    const preview = telemetry.preview(buildCodeSearch());
    telemetry.capture(buildCodeSearch());
    await telemetry.flush();

    expect(preview?.properties).toMatchObject({ '$feature/new_reranker': 'test' });
    expect(bytesOf(server.messages.at(-1) as Preview)).toBe(bytesOf(preview));
  });

  it('shows the same hashes as the wire, and not the same in another installation', async () => {
    await using one = await openWiring();
    await using other = await openWiring();
    const hashes = [one, other].map(({ telemetry }) => telemetry.preview(buildCodeSearch())?.properties);
    expect(hashes[0]?.repository).toMatch(/^[a-z0-9]+:[0-9a-f]{32,}$/);
    expect(hashes[0]?.repository).not.toBe(hashes[1]?.repository);
    expect(hashes[0]?.tab).not.toBe(hashes[1]?.tab);
  });

  it('counts, records and sends nothing', async () => {
    await using wiring = await openWiring();
    wiring.telemetry.preview(buildCodeSearch());
    wiring.telemetry.preview('untyped', { dropped: () => {} });
    await wiring.telemetry.flush();
    expect(wiring.telemetry.status()).toMatchObject({ recorded: 0, pending: 0, dropped: {} });
    expect(wiring.server.requests).toEqual([]);
  });

  it('is undefined where nothing would leave', async () => {
    await using wiring = await openWiring();
    expect(wiring.telemetry.preview({ no: 'event class' })).toBeUndefined();
    expect(wiring.telemetry.preview('a name with spaces', {})).toBeUndefined();
  });
});

describe('the preview before consent', () => {
  it('shows marked placeholders for ids and hashes, and everything else as it would be sent', async () => {
    await using before = await openWiring({ consent: 'opt-in' });
    await using after = await openWiring();
    const placeholders = before.telemetry.preview(buildCodeSearch());
    const real = after.telemetry.preview(buildCodeSearch());

    expect(placeholders?.distinct_id).toBe('<session-id>');
    expect(placeholders?.properties).toEqual({
      ...real?.properties,
      repository: expect.stringMatching(/<hash>$/),
      tab: expect.stringMatching(/<hash>$/),
    });
  });

  it('makes no file, no request and no id', async () => {
    await using wiring = await openWiring({ consent: 'opt-in' });
    wiring.telemetry.preview(buildCodeSearch());
    wiring.telemetry.preview('untyped', UNTYPED);
    expect(wiring.telemetry.sessionId).toBeUndefined();
    await expect(access(wiring.directory)).rejects.toThrow('ENOENT');
    expect(wiring.server.requests).toEqual([]);
  });

  it('makes a secret only when something is hashed, once there is consent', async () => {
    await using wiring = await openWiring();
    wiring.telemetry.capture('untyped', { count: 1 });
    await expect(access(join(wiring.directory, 'secret'))).rejects.toThrow('ENOENT');
    wiring.telemetry.capture('untyped', { userId: 'jane' });
    await expect(access(join(wiring.directory, 'secret'))).resolves.toBeUndefined();
  });
});
