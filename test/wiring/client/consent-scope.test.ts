import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CreateTelemetryOptions,
  count,
  createTelemetry,
  defineEvent,
  defineFlags,
  oneOf,
  plain,
  type Telemetry,
  textCount,
} from 'sotto';
import { describe, expect, it, vi } from 'vitest';
import { openConsent } from '../../../src/client/index.js';
import { listSessions, readSession } from '../../../src/store/index.js';
import { RecordingServer } from '../../support/recording-server.js';
import { hideSurroundings, prefixOf, temporaryDirectory, uniqueApp } from '../../support/wiring.js';

/** An app as its first version, and as the next: a field more, a label more, and an event more. */
const EditV1 = defineEvent('edit.saved', { tool: plain(oneOf('pen', 'brush')), layers: count() });
const EditV2 = defineEvent('edit.saved', {
  tool: plain(oneOf('pen', 'brush', 'eraser')),
  layers: count(),
  title: textCount(),
});
const Shared = defineEvent('edit.shared', { people: count() });
const EditV3 = defineEvent('edit.saved', { tool: plain(oneOf('pen')) });

const V1 = [EditV1];
const V2 = [EditV2, Shared];
const V3 = [EditV3];

const edit = (Edit: new () => object, fields: object) => Object.assign(new Edit(), fields);
const EDIT = { tool: 'pen', layers: [1, 2], title: 'secret plans' };

interface Machine extends AsyncDisposable {
  readonly server: RecordingServer;
  readonly directory: string;
  readonly app: string;
  /** A version of the app that runs on it. The one before has ended. */
  run(events: readonly object[] | undefined, options?: Partial<CreateTelemetryOptions>): Promise<Telemetry>;
  /** The same version as another process sees it. */
  elsewhere(
    events: readonly object[],
    options?: Partial<CreateTelemetryOptions>,
  ): ReturnType<typeof openConsent>;
  stored(): Record<string, unknown>;
}

/** A machine of a person, as far as a test can be one: the variables that make a test known are taken away. */
async function openMachine(): Promise<Machine> {
  const server = await RecordingServer.start();
  const temporary = await temporaryDirectory();
  const directory = join(temporary.path, 'state');
  const app = uniqueApp();
  const restoreSurroundings = hideSurroundings();
  const all = (events: readonly object[] | undefined, options: Partial<CreateTelemetryOptions>) => ({
    app,
    ...(events && { events }),
    posthog: { key: 'phc_wiring', host: server.url },
    delivery: { batchSize: 1_000, batchIntervalMs: 3_600_000, maxAttempts: 1, detached: false },
    store: { directory },
    ...options,
  });
  let running: Telemetry | undefined;
  return {
    server,
    directory,
    app,
    async run(events, options = {}) {
      await running?.shutdown();
      running = createTelemetry(all(events, options)) as Telemetry;
      return running;
    },
    elsewhere: (events, options = {}) => openConsent(all(events, options)),
    stored: () => JSON.parse(readFileSync(join(directory, 'telemetry_config.json'), 'utf8')),
    async [Symbol.asyncDispose]() {
      await running?.shutdown();
      restoreSurroundings();
      await server.close();
      await temporary[Symbol.asyncDispose]();
    },
  };
}

const propertiesOf = (machine: Machine) => machine.server.messages.map(({ properties }) => properties);

describe('a yes to one version of an app', () => {
  it('lets the next version say what was agreed to, and holds back the rest on the wire, in the ledger and in previews', async () => {
    await using machine = await openMachine();
    machine.elsewhere(V1).optIn({ dryRun: false });
    const telemetry = await machine.run(V2);

    const event = edit(EditV2, EDIT);
    const preview = telemetry.preview(event)?.properties;
    telemetry.capture(event);
    telemetry.capture(edit(Shared, { people: ['ada'] }));
    await telemetry.flush();

    expect(machine.server.messages.map(({ event: name }) => name)).toEqual(['edit.saved']);
    const [sent] = propertiesOf(machine);
    expect(sent).toMatchObject({ layers: 2 });
    expect(sent).not.toHaveProperty('tool');
    expect(sent).not.toHaveProperty('title');
    expect(Object.keys(sent ?? {}).sort()).toEqual(Object.keys(preview ?? {}).sort());
    expect(telemetry.preview(edit(Shared, { people: [] }))).toBeUndefined();
    const kept = listSessions(machine.directory).flatMap((file) => readSession(file)?.events ?? []);
    expect(kept.map(({ properties }) => properties)).toEqual([sent]);
    expect(telemetry.status()).toMatchObject({
      recorded: 1,
      dropped: { field_held_back: 2, event_held_back: 1 },
      heldBack: ['edit.saved.tool', 'edit.saved.title', 'edit.shared'],
    });
  });

  it('covers all of the next version within a second of a new yes in another process', async () => {
    await using machine = await openMachine();
    const person = machine.elsewhere(V1);
    person.optIn({ dryRun: false });
    const { install_id, user_id } = machine.stored();
    const telemetry = await machine.run(V2);
    telemetry.capture(edit(EditV2, EDIT));
    const { sessionId } = telemetry;

    const other = machine.elsewhere(V2);
    expect(other.acceptCatalogue(other.coverage.compare().digest)).toBe(true);
    expect(machine.stored()).toMatchObject({ install_id, user_id, telemetry_enabled: true });
    await expect
      .poll(() => telemetry.preview(edit(Shared, { people: [] })), { timeout: 1_000 })
      .toBeDefined();
    telemetry.capture(edit(EditV2, EDIT));
    telemetry.capture(edit(Shared, { people: ['ada'] }));
    await telemetry.flush();

    expect(telemetry.sessionId).toBe(sessionId);
    expect(machine.server.messages.map(({ event }) => event)).toEqual([
      'edit.saved',
      'edit.saved',
      'edit.shared',
    ]);
    const [before, after] = propertiesOf(machine);
    expect(before).not.toHaveProperty('title');
    expect(after).toMatchObject({ tool: 'pen', title: 12, layers: 2 });
    expect(telemetry.status().heldBack).toEqual([]);
  });

  it('lets no event say which variant of a flag was chosen before a yes to flags', async () => {
    await using machine = await openMachine();
    const featureFlags = defineFlags({ layout: ['narrow', 'wide'] });
    machine.elsewhere(V1).optIn({ dryRun: false });
    machine.server.flags = (response) => {
      const layout = { key: 'layout', enabled: true, variant: 'wide', metadata: { version: 1 } };
      response.writeHead(200).end(JSON.stringify({ flags: { layout } }));
    };
    const telemetry = await machine.run(V1, { featureFlags });
    expect(await telemetry.getFeatureFlag('layout', 'narrow')).toBe('wide');
    telemetry.capture(edit(EditV1, EDIT));
    const person = machine.elsewhere(V1, { featureFlags });
    expect(person.acceptCatalogue(person.coverage.compare().digest)).toBe(true);
    telemetry.status();
    telemetry.capture(edit(EditV1, EDIT));
    await telemetry.flush();
    const [before, after] = propertiesOf(machine).filter((properties) => 'tool' in properties);
    expect(before).not.toHaveProperty(['$feature/layout']);
    expect(after).toHaveProperty(['$feature/layout'], 'wide');
  });

  it('needs no question for a version that says less, and forgets nothing', async () => {
    await using machine = await openMachine();
    machine.elsewhere(V2).optIn({ dryRun: false });
    const stored = machine.stored();
    const telemetry = await machine.run(V3);
    telemetry.capture(edit(EditV3, EDIT));
    await telemetry.flush();
    expect(propertiesOf(machine)).toMatchObject([{ tool: 'pen' }]);
    expect(telemetry.status()).toMatchObject({ heldBack: [], dropped: {} });
    expect(machine.stored()).toEqual(stored);
  });

  it('sends nothing at all to another server, and asks it for no flags', async () => {
    await using machine = await openMachine();
    machine.elsewhere(V1).optIn({ dryRun: false });
    const host = machine.server.url.replace('127.0.0.1', 'localhost');
    const telemetry = await machine.run(V1, { posthog: { key: 'phc_wiring', host } });
    telemetry.capture(edit(EditV1, EDIT));
    await telemetry.getAllFeatureFlags();
    await telemetry.flush();
    await telemetry.shutdown();
    expect(machine.server.requests).toEqual([]);
    expect(telemetry.status()).toMatchObject({ heldBack: ['recipient'], dropped: { event_held_back: 1 } });
  });

  it('is not asked for again by a server that the person names themselves', async () => {
    await using machine = await openMachine();
    machine.elsewhere(V1).optIn({ dryRun: false });
    const variable = `${prefixOf(machine.app)}_TELEMETRY_ENDPOINT`;
    process.env[variable] = machine.server.url.replace('127.0.0.1', 'localhost');
    const telemetry = await machine.run(V1);
    delete process.env[variable];
    telemetry.capture(edit(EditV1, EDIT));
    await telemetry.flush();
    expect(machine.server.messages).toHaveLength(1);
  });

  it('holds everything back when ids begin to link sessions', async () => {
    await using machine = await openMachine();
    machine.elsewhere(V1).optIn({ dryRun: false });
    const telemetry = await machine.run(V1, { distinctId: 'installation' });
    telemetry.capture(edit(EditV1, EDIT));
    await telemetry.flush();
    expect(machine.server.requests).toEqual([]);
    expect(telemetry.status().heldBack).toEqual(['distinct_id']);
  });

  it('holds untyped events and untyped details of sessions back once the list of events is gone', async () => {
    await using machine = await openMachine();
    machine.elsewhere(V1).optIn({ dryRun: false });
    const telemetry = await machine.run(undefined);
    telemetry.startSession({ plan: 'free' });
    telemetry.capture('whatever', { size: 3 });
    telemetry.capture(edit(EditV1, EDIT));
    await telemetry.flush();
    expect(machine.server.messages.map(({ event }) => event)).not.toContain('whatever');
    expect(machine.server.everything).not.toContain('plan');
  });
});

describe('a yes to a version that nobody wrote down', () => {
  it('is one to what the app collects at its first run after it, and not to what it does later', async () => {
    await using machine = await openMachine();
    machine.elsewhere(V1).file.giveYes({ dryRun: false, catalogueVersion: undefined });
    const first = await machine.run(V1);
    first.capture(edit(EditV1, EDIT));
    await first.flush();
    expect(propertiesOf(machine)).toMatchObject([{ tool: 'pen', layers: 2 }]);
    expect(machine.stored()).toMatchObject({
      catalogue_version: machine.elsewhere(V1).catalogue().version,
      catalogue: { untyped: false, events: { 'edit.saved': {} } },
    });

    const next = await machine.run(V2);
    next.capture(edit(EditV2, EDIT));
    await next.flush();
    expect(propertiesOf(machine)[1]).not.toHaveProperty('title');
  });

  it('is as good where nothing can be written', async () => {
    await using machine = await openMachine();
    machine.elsewhere(V1).file.giveYes({ dryRun: false, catalogueVersion: undefined });
    const telemetry = await machine.run(V1);
    expect(telemetry.enabled).toBe(true);
    // No lock can be taken in its place.
    writeFileSync(join(machine.directory, 'telemetry_config.json.lock'), '');
    chmodSync(join(machine.directory, 'telemetry_config.json.lock'), 0o400);
    telemetry.capture(edit(EditV1, EDIT));
    await telemetry.flush();
    expect(propertiesOf(machine)).toMatchObject([{ tool: 'pen', layers: 2 }]);
    expect(telemetry.status().dropped).not.toHaveProperty('field_held_back');
    expect(machine.stored()).not.toHaveProperty('catalogue');
  });

  it('is left alone by a program that knows nothing of the app', async () => {
    await using machine = await openMachine();
    machine.elsewhere(V1).file.giveYes({ dryRun: false, catalogueVersion: undefined });
    const stored = machine.stored();
    const { app, directory } = machine;
    const served = openConsent({ app, store: { directory } }, undefined, undefined, {
      recordsWithoutKey: true,
    });
    expect(served.watch.refresh().mode).toBe('local');
    expect(served.coverage.heldBack().event('edit.saved')).toBeUndefined();
    expect(machine.stored()).toEqual(stored);
  });
});

describe('what a consent file remembers', () => {
  it('holds everything back when it cannot be read', async () => {
    await using machine = await openMachine();
    machine.elsewhere(V1).optIn({ dryRun: false });
    const path = join(machine.directory, 'telemetry_config.json');
    writeFileSync(path, JSON.stringify({ ...machine.stored(), catalogue: { events: 'all of them' } }));
    // The version beside it says nothing of who receives it.
    const same = await machine.run(V1);
    expect(same.preview(edit(EditV1, EDIT))).toBeUndefined();
    expect(same.status().heldBack).toEqual(['*']);
    const next = await machine.run(V3);
    expect(next.preview(edit(EditV3, EDIT))).toBeUndefined();
  });

  it('is gone with a no', async () => {
    await using machine = await openMachine();
    const person = machine.elsewhere(V1);
    person.optIn({ dryRun: false });
    expect(machine.stored()).toHaveProperty('catalogue');
    person.optOut();
    expect(machine.stored()).not.toHaveProperty('catalogue');
    expect(machine.stored()).toMatchObject({ telemetry_enabled: false, catalogue_version: null });
  });

  it('is nothing to a yes that is for whatever version runs', async () => {
    await using machine = await openMachine();
    machine.elsewhere(V1).optIn({ dryRun: false });
    const variable = `${prefixOf(machine.app)}_TELEMETRY_ENABLED`;
    process.env[variable] = 'true';
    const telemetry = await machine.run(V2);
    delete process.env[variable];
    telemetry.capture(edit(EditV2, EDIT));
    await telemetry.flush();
    expect(propertiesOf(machine)).toMatchObject([{ tool: 'pen', title: 12, layers: 2 }]);
  });

  it('is not written while telemetry is off', async () => {
    await using machine = await openMachine();
    const telemetry = await machine.run(V1);
    telemetry.capture(edit(EditV1, EDIT));
    await telemetry.shutdown();
    expect(existsSync(machine.directory)).toBe(false);
  });
});

describe('a notice that counts as a yes', () => {
  const OPT_OUT = { consent: 'opt-out' as const };
  /** As a run of an earlier day would have written it. */
  const age = (machine: Machine, key: string) => {
    const path = join(machine.directory, 'telemetry_config.json');
    writeFileSync(path, JSON.stringify({ ...machine.stored(), [key]: '2020-01-01T00:00:00.000Z' }));
  };

  /** What a terminal shows meanwhile. */
  async function watching(work: () => Promise<unknown>): Promise<string> {
    const before = Object.getOwnPropertyDescriptor(process.stderr, 'isTTY');
    Object.defineProperty(process.stderr, 'isTTY', { value: true, configurable: true });
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      await work();
      return write.mock.calls.map(([text]) => String(text)).join('');
    } finally {
      write.mockRestore();
      if (before) Object.defineProperty(process.stderr, 'isTTY', before);
      else Reflect.deleteProperty(process.stderr, 'isTTY');
    }
  }

  it('is shown again about what is more, which leaves from the next run on', async () => {
    await using machine = await openMachine();
    const first = await machine.run(V1, OPT_OUT);
    expect(await watching(() => first.askForConsent())).toContain('What is collected');
    age(machine, 'notice_timestamp');
    expect(machine.stored()).toMatchObject({ catalogue: { events: { 'edit.saved': {} } } });

    const next = await machine.run(V2, OPT_OUT);
    expect(next.status()).toMatchObject({ mode: 'on', why: { layer: 'notice' } });
    const shown = await watching(() => next.askForConsent());
    expect(shown).toContain('What is more');
    expect(shown).toContain('edit.saved.title');
    expect(shown).not.toContain('layers');
    next.capture(edit(EditV2, EDIT));
    await next.flush();
    expect(propertiesOf(machine)[0]).not.toHaveProperty('title');
    expect(await watching(() => next.askForConsent())).toBe('');

    age(machine, 'noticed_catalogue_timestamp');
    const last = await machine.run(V2, OPT_OUT);
    last.capture(edit(EditV2, EDIT));
    await last.flush();
    expect(propertiesOf(machine)[1]).toMatchObject({ title: 12, tool: 'pen' });
    expect(machine.stored()).toMatchObject({ catalogue: { events: { 'edit.shared': {} } } });
  });

  it('about one version is none about the version after it', async () => {
    await using machine = await openMachine();
    const person = machine.elsewhere(V1, OPT_OUT);
    person.file.noteNotice({ catalogueVersion: person.catalogue().version, catalogue: person.scope() });
    age(machine, 'notice_timestamp');
    person.file.noteChangesNotice('0'.repeat(64));
    age(machine, 'noticed_catalogue_timestamp');
    const telemetry = await machine.run(V2, OPT_OUT);
    expect(telemetry.preview(edit(EditV2, EDIT))?.properties).not.toHaveProperty('title');
  });
});

describe('a catalogue that is too large for the consent file', () => {
  /** A thousand labels of a hundred characters, three times. */
  const wide = (field: string) =>
    defineEvent('wide', {
      ...Object.fromEntries(
        ['a', 'b', 'c'].map((name) => [
          name,
          plain(oneOf(...Array.from({ length: 1_000 }, (_, index) => `${index}`.padStart(100, name)))),
        ]),
      ),
      [field]: count(),
    });

  it('is remembered by its digest, under which another is held back as a whole', async () => {
    await using machine = await openMachine();
    const [Wide, Other] = [wide('one'), wide('two')];
    machine.elsewhere([Wide]).optIn({ dryRun: false });
    expect(machine.stored().catalogue).toMatch(/^[0-9a-f]{64}$/);
    const same = await machine.run([Wide]);
    expect(same.preview(new Wide())).toBeDefined();
    expect(same.status().heldBack).toEqual([]);
    const other = await machine.run([Other]);
    expect(other.preview(new Other())).toBeUndefined();
    expect(other.status().heldBack).toEqual(['*']);
  });
});
