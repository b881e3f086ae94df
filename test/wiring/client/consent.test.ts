import { writeFileSync } from 'node:fs';
import { access, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CreateTelemetryOptions, createTelemetry, defineEvent, oneOf, plain } from 'sotto';
import { describe, expect, it } from 'vitest';
import { openConsent } from '../../../src/client/index.js';
import { listSessions, readSession } from '../../../src/store/index.js';
import { buildCodeSearch } from '../../support/code-search-event.js';
import { RecordingServer } from '../../support/recording-server.js';
import { hideSurroundings, prefixOf, temporaryDirectory, uniqueApp } from '../../support/wiring.js';

/**
 * An app on a machine where a person could agree, as far as the environment of a test allows: the yes or no stands in the
 * consent file, and a variable says only that the test is no reason for an off.
 */
async function openApp(options: Partial<CreateTelemetryOptions> = {}) {
  const server = await RecordingServer.start();
  const temporary = await temporaryDirectory();
  const directory = join(temporary.path, 'state');
  const app = uniqueApp();
  const all = {
    app,
    ...options,
    posthog: { key: 'phc_wiring', host: server.url },
    delivery: { batchSize: 1_000, batchIntervalMs: 3_600_000, maxAttempts: 1 },
    store: { directory },
  };
  const restoreSurroundings = hideSurroundings();
  const telemetry = createTelemetry(all);
  /** As another process sees the same app. */
  const elsewhere = openConsent(all);
  return {
    telemetry,
    elsewhere,
    server,
    directory,
    async [Symbol.asyncDispose]() {
      await telemetry.shutdown();
      restoreSurroundings();
      await server.close();
      await temporary[Symbol.asyncDispose]();
    },
  };
}

const ledgerOf = (directory: string) =>
  listSessions(directory).flatMap((file) => readSession(file)?.events ?? []);

describe('a decision of another process', () => {
  it('counts at once for what is asked, and before every request', async () => {
    await using app = await openApp();
    expect(app.telemetry.status()).toMatchObject({ mode: 'off', why: { layer: 'not_asked' } });

    app.elsewhere.optIn({ dryRun: false });
    expect(app.telemetry.status()).toMatchObject({ mode: 'on', why: { layer: 'consent_file' } });
    app.telemetry.capture(buildCodeSearch());
    expect(app.telemetry.status().pending).toBe(1);

    app.elsewhere.optOut();
    await app.telemetry.flush();
    expect(app.server.requests).toEqual([]);
    expect(app.telemetry.status()).toMatchObject({
      mode: 'off',
      pending: 0,
      recorded: 1,
      sent: 0,
      dropped: { consent_off: 1 },
    });
  });

  it('that is a no erases the secret, the flags and the ids, and leaves the person their ledger', async () => {
    await using app = await openApp({ distinctId: 'installation' });
    app.elsewhere.optIn({ dryRun: false });
    app.telemetry.status();
    app.telemetry.capture(buildCodeSearch());
    await app.telemetry.getAllFeatureFlags();
    await app.telemetry.flush();
    const installId = app.server.messages[0]?.distinct_id;
    expect(await readdir(app.directory)).toContain('secret');

    expect(app.elsewhere.optOut()).toBe(true);
    expect((await readdir(app.directory)).sort()).toEqual(['ledger', 'telemetry_config.json']);
    const kept = await readFile(join(app.directory, 'telemetry_config.json'), 'utf8');
    expect(installId).toMatch(/^[0-9a-f-]{36}$/);
    expect(kept).not.toContain(installId);
    expect(JSON.parse(kept)).toMatchObject({ telemetry_enabled: false, user_id: null, install_id: null });
    expect(ledgerOf(app.directory)).toHaveLength(1);
  });

  it('that is a yes after a no makes another installation of it', async () => {
    await using app = await openApp({ distinctId: 'installation' });
    const seen: unknown[] = [];
    for (const round of [1, 2]) {
      app.elsewhere.optIn({ dryRun: false });
      app.telemetry.status();
      app.telemetry.capture(buildCodeSearch());
      await app.telemetry.flush();
      const { distinct_id, properties } = app.server.messages.at(-1) ?? {};
      seen.push(distinct_id, properties?.repository);
      app.elsewhere.optOut();
      app.telemetry.status();
      expect(app.server.messages).toHaveLength(round);
    }
    expect(new Set(seen).size).toBe(4);
  });

  it('that was a no and is a yes again by the time we look gives up what waits, and the old ids', async () => {
    await using app = await openApp({ distinctId: 'installation' });
    app.elsewhere.optIn({ dryRun: false });
    app.telemetry.status();
    app.telemetry.capture(buildCodeSearch());
    const before = app.telemetry.preview(buildCodeSearch());
    app.elsewhere.optOut();
    app.elsewhere.optIn({ dryRun: false });
    await app.telemetry.flush();
    expect(app.server.messages).toEqual([]);

    app.telemetry.status();
    app.telemetry.capture(buildCodeSearch());
    await app.telemetry.flush();
    const [after] = app.server.messages;
    expect(after?.distinct_id).not.toBe(before?.distinct_id);
    expect(after?.properties.repository).not.toBe(before?.properties.repository);
    expect(app.telemetry.status().dropped).toEqual({ consent_off: 1 });
  });

  it('that is a no leaves nothing that is written after it', async () => {
    await using app = await openApp();
    app.elsewhere.optIn({ dryRun: false });
    app.telemetry.status();
    app.telemetry.capture(buildCodeSearch());
    app.elsewhere.optOut();
    await rm(join(app.directory, 'ledger'), { recursive: true, force: true });
    app.telemetry.capture('after_the_no');
    await app.telemetry.shutdown();
    expect(await readdir(app.directory)).toEqual(['telemetry_config.json']);
  });

  it('for recording here only takes effect in the middle of a run', async () => {
    await using app = await openApp();
    app.elsewhere.optIn({ dryRun: true });
    expect(app.telemetry.status().mode).toBe('local');
    app.telemetry.capture(buildCodeSearch());
    await app.telemetry.flush();
    await app.telemetry.shutdown();
    expect(app.server.requests).toEqual([]);
    expect(ledgerOf(app.directory)).toMatchObject([{ event_type: 'code_search', sent_at: null }]);
  });
});

describe('the ledger', () => {
  it('holds what was sent, byte for byte, and that it was', async () => {
    await using app = await openApp();
    app.elsewhere.optIn({ dryRun: false });
    app.telemetry.status();
    app.telemetry.startSession({ target: 'web' });
    app.telemetry.capture(buildCodeSearch());
    app.telemetry.capture('untyped', { count: 1, path: '/home/ada' });
    await app.telemetry.flush();

    const [batch] = app.server.batches;
    const recorded = ledgerOf(app.directory);
    expect(recorded.map(({ event_type }) => event_type)).toEqual(['code_search', 'untyped']);
    for (const [index, event] of recorded.entries()) {
      const message = batch?.batch[index];
      expect(JSON.stringify(event.properties)).toBe(JSON.stringify(message?.properties));
      expect(event).toMatchObject({ uuid: message?.uuid, distinct_id: message?.distinct_id });
      expect(event.sent_at).toMatch(/Z$/);
    }
  });

  it('that cannot be written to turns telemetry off before anything is sent', async () => {
    await using app = await openApp();
    app.elsewhere.optIn({ dryRun: false });
    app.telemetry.status();
    app.telemetry.capture(buildCodeSearch());
    writeFileSync(join(app.directory, 'ledger'), 'a file in the place of the folder');
    await app.telemetry.flush();
    expect(app.server.requests).toEqual([]);
    expect(app.telemetry.status()).toMatchObject({
      mode: 'off',
      why: { layer: 'store_unusable' },
      dropped: { store_unusable: 1 },
    });
  });
});

describe('the catalogue of an app', () => {
  const Listed = defineEvent('listed', { kind: plain(oneOf('a', 'b')) });
  const Unlisted = defineEvent('unlisted', { kind: plain(oneOf('a', 'b')) });

  it('keeps out what no class declares: events, details of sessions, and their previews', async () => {
    await using app = await openApp({ events: [Listed] });
    app.elsewhere.optIn({ dryRun: false });
    app.telemetry.status();
    app.telemetry.startSession({ plan: 'secret' });
    app.telemetry.startSession();
    app.telemetry.capture('untyped', { count: 1 });
    app.telemetry.captureFromEvent({ toPosthogEvent: () => ['from_event', { n: 1 }] });
    await app.telemetry.withSession({ plan: 'secret' }, async () =>
      app.telemetry.capture(Listed.create({ kind: 'b' })),
    );
    await app.telemetry.flush();
    expect(app.server.messages.map(({ event }) => event)).toEqual(['listed']);
    expect(app.server.everything).not.toMatch(/plan|secret/);
    expect(app.telemetry.status().dropped).toEqual({ not_in_catalogue: 4 });
    expect(app.telemetry.preview('untyped', { count: 1 })).toBeUndefined();
    expect(app.telemetry.preview(Unlisted.create({ kind: 'a' }))).toBeUndefined();
    expect(app.elsewhere.textInput().untyped).toBe(false);
  });

  it('keeps out events of classes that the person is not shown', async () => {
    await using app = await openApp({ events: [Listed] });
    app.elsewhere.optIn({ dryRun: false });
    app.telemetry.status();
    app.telemetry.capture(Listed.create({ kind: 'a' }));
    app.telemetry.capture(Unlisted.create({ kind: 'a' }));
    await app.telemetry.flush();
    expect(app.server.messages.map(({ event }) => event)).toEqual(['listed']);
    expect(app.telemetry.status().dropped).toEqual({ not_in_catalogue: 1 });
    expect(app.elsewhere.catalogue().events.map(({ name }) => name)).toContain('listed');
  });
});

describe('a switch of its own', () => {
  it('that is taken back gives up what waits, which was recorded under it', async () => {
    await using app = await openApp();
    app.elsewhere.optIn({ dryRun: false });
    app.elsewhere.file.setSwitch('toolsOverPrivacy', true);
    app.telemetry.status();
    app.telemetry.capture(buildCodeSearch());
    app.elsewhere.file.setSwitch('toolsOverPrivacy', false);
    app.telemetry.status();
    app.telemetry.capture(buildCodeSearch());
    await app.telemetry.flush();
    expect(app.server.messages).toHaveLength(1);
    expect(app.server.everything).not.toContain('query_redacted');
    expect(app.telemetry.status().dropped).toEqual({ consent_off: 1 });
  });

  it('for usage keeps events of use out, and asks the server for no flags', async () => {
    await using app = await openApp();
    app.elsewhere.optIn({ dryRun: false });
    app.elsewhere.file.setSwitch('usageAnalytics', false);
    expect(app.telemetry.status().switches).toMatchObject({ usageAnalytics: false, errorReporting: true });
    app.telemetry.capture(buildCodeSearch());
    await app.telemetry.getFeatureFlag('a_flag');
    await app.telemetry.flush();
    expect(app.server.requests).toEqual([]);
    expect(app.telemetry.status().dropped).toEqual({ consent_off: 1 });
  });

  it('for tools over privacy adds what a field declares for it, once the person says so', async () => {
    await using app = await openApp();
    app.elsewhere.optIn({ dryRun: false });
    const properties = () => {
      app.telemetry.status();
      return app.telemetry.preview(buildCodeSearch())?.properties ?? {};
    };
    expect(properties()).not.toHaveProperty('query_redacted');
    app.elsewhere.file.setSwitch('toolsOverPrivacy', true);
    expect(properties()).toHaveProperty('query_redacted');
  });
});

describe('askForConsent()', () => {
  it('without a terminal asks nobody, keeps nothing, and says why', async () => {
    await using app = await openApp();
    expect(await app.telemetry.askForConsent()).toBe(false);
    const { mode, why } = app.telemetry.status();
    expect(mode).toBe('off');
    expect(why.message).toMatch(/nobody can be asked here: .*(terminal|input)/);
    await expect(access(app.directory)).rejects.toThrow('ENOENT');
  });

  it('resolves at once where there is nothing to ask', async () => {
    await using app = await openApp();
    app.elsewhere.optIn({ dryRun: false });
    expect(await app.telemetry.askForConsent()).toBe(true);
    app.elsewhere.optOut();
    expect(await app.telemetry.askForConsent()).toBe(false);
    await app.telemetry.shutdown();
    expect(await app.telemetry.askForConsent()).toBe(false);
  });
});

describe('the end of a client', () => {
  it('is told by status(), and later events are counted', async () => {
    await using app = await openApp();
    app.elsewhere.optIn({ dryRun: false });
    app.telemetry.status();
    app.telemetry.capture('before');
    await app.telemetry.shutdown();
    app.telemetry.capture('after');
    expect(app.telemetry.status()).toMatchObject({
      mode: 'on',
      hasEnded: true,
      sent: 1,
      dropped: { after_shutdown: 1 },
    });
  });
});

it('a client that is created again with the same options is the same, whatever the environment says meanwhile', async () => {
  await using app = await openApp();
  const variable = `${prefixOf(app.elsewhere.settings.app)}_DISABLE_TELEMETRY`;
  process.env[variable] = '1';
  const { settings } = app.elsewhere;
  const again = createTelemetry({
    app: settings.app,
    posthog: { key: 'phc_wiring', host: app.server.url },
    delivery: { batchSize: 1_000, batchIntervalMs: 3_600_000, maxAttempts: 1 },
    store: { directory: app.directory },
  });
  expect(again).toBe(app.telemetry);
  delete process.env[variable];
});
