import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildCodeSearch, CodeSearch } from '../../support/code-search-event.js';
import { openWiring, prefixOf, uniqueApp } from '../../support/wiring.js';

const openUndecided = () => openWiring({ app: uniqueApp(), events: [CodeSearch], consent: 'opt-in' });

/** A test is an environment in which nobody agrees by a file. */
async function asOnAMachine<T>(work: () => Promise<T>): Promise<T> {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    return await work();
  } finally {
    process.env.NODE_ENV = before;
  }
}

it('keeps the yes and the no of a person who decides in the app itself', () =>
  asOnAMachine(async () => {
    await using wiring = await openUndecided();
    const { telemetry, server, directory } = wiring;
    const answer = () => JSON.parse(readFileSync(join(directory, 'telemetry_config.json'), 'utf8'));
    expect(telemetry.enabled).toBe(false);

    expect(telemetry.enable()).toBe(true);
    expect(telemetry.enable()).toBe(true);
    expect(answer()).toMatchObject({ telemetry_enabled: true });
    telemetry.capture(buildCodeSearch());
    await telemetry.flush();
    expect(server.messages).toHaveLength(1);

    telemetry.capture(buildCodeSearch());
    await telemetry.disable();
    expect(answer()).toMatchObject({ telemetry_enabled: false, user_id: null, install_id: null });
    expect(telemetry.enabled).toBe(false);
    telemetry.capture(buildCodeSearch());
    await telemetry.flush();
    await telemetry.shutdown();
    expect(server.messages).toHaveLength(1);
    expect(existsSync(join(directory, 'secret'))).toBe(false);
  }));

it('gives up a request under way, and makes no other', () =>
  asOnAMachine(async () => {
    await using wiring = await openUndecided();
    const { telemetry, server } = wiring;
    telemetry.enable();
    server.answer = () => {};
    telemetry.capture(buildCodeSearch());
    const flushed = telemetry.flush();
    await server.batchesArrived(1);
    await telemetry.disable();
    await flushed;
    expect(server.requests).toHaveLength(1);
    expect(telemetry.status()).toMatchObject({ mode: 'off', dropped: { consent_off: 1 } });
  }));

it('is a yes that any no beats', async () => {
  const app = uniqueApp();
  const variable = `${prefixOf(app)}_DISABLE_TELEMETRY`;
  process.env[variable] = '1';
  try {
    await using wiring = await openWiring({ app, events: [CodeSearch], consent: 'opt-in' });
    expect(wiring.telemetry.enable()).toBe(false);
    expect(wiring.telemetry.status().why.source).toBe(variable);
  } finally {
    delete process.env[variable];
  }
});

it('is off all the same where a no cannot be kept, and says that it could not', () =>
  asOnAMachine(async () => {
    await using wiring = await openUndecided();
    const { telemetry, server, directory } = wiring;
    telemetry.enable();
    const file = join(directory, 'telemetry_config.json');
    rmSync(file);
    mkdirSync(file);
    await expect(telemetry.disable()).rejects.toMatchObject({ code: 'CONSENT_NOT_STORED' });
    expect(telemetry.enabled).toBe(false);
    telemetry.capture(buildCodeSearch());
    await telemetry.flush();
    expect(server.messages).toEqual([]);
  }));
