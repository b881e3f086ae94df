import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildCodeSearch, CodeSearch } from '../../support/code-search-event.js';
import { openWiring, uniqueApp } from '../../support/wiring.js';
import { run } from '../../unit/cli/support.js';

// A test is an environment in which nobody can agree to anything; here somebody does.
beforeEach(() => vi.stubEnv('NODE_ENV', 'production'));
afterEach(() => vi.unstubAllEnvs());

const WITHIN_MS = 1_000;

describe('a decision on the command line', () => {
  it('counts for a program that runs already, within a second', async () => {
    const app = uniqueApp();
    const options = { app, events: [CodeSearch] };
    await using wiring = await openWiring({ ...options, consent: 'opt-in' });
    const { telemetry, server, directory } = wiring;
    telemetry.capture(buildCodeSearch());
    await telemetry.flush();
    expect(telemetry.enabled).toBe(false);

    await run(directory, ['enable', '--yes'], { options });
    await sleep(WITHIN_MS);
    telemetry.capture(buildCodeSearch());
    await telemetry.flush();
    expect(server.messages).toHaveLength(1);

    telemetry.capture(buildCodeSearch());
    await run(directory, ['disable'], { options });
    await telemetry.flush();
    expect(server.messages).toHaveLength(1);
    await sleep(WITHIN_MS);
    expect(telemetry.enabled).toBe(false);
  });
});
