import { describe, expect, it } from 'vitest';
import { buildCodeSearch, CodeSearch } from '../../support/code-search-event.js';
import { answerWith } from '../../support/recording-server.js';
import { openWiring, prefixOf, uniqueApp } from '../../support/wiring.js';
import { run } from '../../unit/cli/support.js';

interface Shown {
  readonly events: readonly { uuid: string; sent_at: string | null; properties: object }[];
}

const FIELDS = JSON.stringify({ ...buildCodeSearch() });

describe('what a person is shown', () => {
  it('is what the server received, byte for byte', async () => {
    const app = uniqueApp();
    await using wiring = await openWiring({ app, events: [CodeSearch] });
    wiring.telemetry.capture(buildCodeSearch());
    await wiring.telemetry.flush();
    const { stdout } = await run(wiring.directory, ['show-data', '--json'], { options: { app } });
    const [session] = JSON.parse(stdout) as Shown[];
    const [shown] = session?.events ?? [];
    expect(wiring.server.messages.map(({ uuid }) => uuid)).toEqual([shown?.uuid]);
    expect(wiring.server.requests.at(-1)?.text).toContain(JSON.stringify(shown?.properties));
    expect(shown?.sent_at).toMatch(/^\d{4}-.*Z$/);

    const { stdout: status } = await run(wiring.directory, ['status', '--json'], {
      options: { app },
      env: { [`${prefixOf(app)}_TELEMETRY_ENABLED`]: 'true' },
    });
    expect(JSON.parse(status)).toMatchObject({
      mode: 'on',
      recorded: 1,
      sent: 1,
      lastSentAt: shown?.sent_at,
    });
  });

  it('says what waits for a server that cannot be reached, and until when', async () => {
    const app = uniqueApp();
    await using wiring = await openWiring({ app, events: [CodeSearch] });
    wiring.server.answer = answerWith(503, { 'retry-after': '3600' });
    const status = () => run(wiring.directory, ['status'], { options: { app } });
    expect((await status()).stdout).not.toContain('Waiting');
    wiring.telemetry.capture(buildCodeSearch());
    await wiring.telemetry.shutdown();
    expect((await status()).stdout).toMatch(/Waiting +1 event, not before \d{4}-[\s\S]*could not be reached/);
  });

  it('is in a preview what would be sent, with the same hashes', async () => {
    const app = uniqueApp();
    await using wiring = await openWiring({ app, events: [CodeSearch] });
    const options = { app, events: [CodeSearch] };
    const { status, stdout } = await run(wiring.directory, ['preview', 'code_search', '--data', FIELDS], {
      options,
      env: { [`${prefixOf(app)}_TELEMETRY_ENABLED`]: 'true' },
    });
    expect(status).toBe(0);
    wiring.telemetry.capture(buildCodeSearch());
    await wiring.telemetry.flush();
    expect(wiring.server.messages).toHaveLength(1);
    const { properties } = JSON.parse(stdout) as { properties: object };
    // `tab` is hashed for one session: no other one can tell it.
    const ofThisSession = { tab: expect.stringMatching(/^blake3:/) };
    expect(properties).toEqual({ ...wiring.server.messages[0]?.properties, ...ofThisSession });
  });
});
