import { describe, expect, it } from 'vitest';
import { openConsent } from '../../../src/client/index.js';
import { clearData } from '../../../src/store/index.js';
import { openWiring, prefixOf, uniqueApp } from '../../support/wiring.js';

/** What another process of the same app and user does, such as the command that deletes. */
function elsewhere(app: string, directory: string) {
  const env = { [`${prefixOf(app)}_TELEMETRY_ENABLED`]: 'true' };
  return openConsent(
    { app, consent: 'given', store: { directory }, posthog: { key: 'phc_x' } },
    { env, dotenv: {} },
    [],
  );
}

describe('what a person has deleted', () => {
  it('is not sent by a process that still holds it, and what comes later is', async () => {
    const app = uniqueApp();
    await using wiring = await openWiring({ app });
    const { telemetry, server, directory } = wiring;
    telemetry.capture('before', { n: 1 });
    expect(telemetry.status().pending).toBe(1);

    const person = elsewhere(app, directory);
    expect(person.forgetWaiting()).toBe(true);
    expect(clearData(directory).failed).toEqual([]);

    await telemetry.flush();
    telemetry.capture('after', { n: 2 });
    await telemetry.flush();
    expect(server.messages.map(({ event }) => event)).toEqual(['after']);
    expect(telemetry.status()).toMatchObject({ dropped: { consent_off: 1 }, sent: 1, pending: 0 });
  });

  it('leaves the answer as it is', async () => {
    const app = uniqueApp();
    await using wiring = await openWiring({ app });
    const person = elsewhere(app, wiring.directory);
    person.optIn({ dryRun: false });
    const before = person.file.record();
    expect(person.forgetWaiting()).toBe(true);
    const { userId, ...rest } = person.file.record();
    expect(rest).toEqual(Object.fromEntries(Object.entries(before).filter(([name]) => name !== 'userId')));
    expect(userId).not.toBe(before.userId);
  });

  it('makes no id where nothing may be recorded', () => {
    const app = uniqueApp();
    const directory = `/nowhere/${app}`;
    const person = openConsent({ app, store: { directory } }, { env: {}, dotenv: {} }, []);
    expect(person.forgetWaiting()).toBe(true);
    expect(person.file.record().userId).toBeUndefined();
  });
});
