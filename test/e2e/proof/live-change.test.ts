import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type LongRunning, startLongRunning } from './long-running.js';
import type { Command } from './programs/long-running-app.js';
import { HOLD_IMPORT, usePrograms } from './programs.js';
import { run } from './run.js';
import { agree, consentPath, createWorld, stateDirectory, type World, writeInto } from './world.js';

usePrograms();

interface No {
  readonly say: (world: World) => unknown;
  readonly layer: string;
  /** What `status().why.source` ends with. */
  readonly source: string;
}

const disable = async (world: World) =>
  expect((await run('say-no', world)).outcome).toMatchObject({ status: 0 });

const NOS: Readonly<Record<string, No>> = {
  'the command of the app': {
    say: disable,
    layer: 'consent_file',
    source: 'telemetry_config.json:2 (telemetry_enabled)',
  },
  'a consent file changed by hand': {
    say: (world) => agree(world, { telemetry_enabled: false }),
    layer: 'consent_file',
    source: 'telemetry_config.json:2 (telemetry_enabled)',
  },
  'a consent file that was removed': {
    say: (world) => rmSync(consentPath(world)),
    layer: 'not_asked',
    source: '',
  },
  'a consent file that was spoilt': {
    say: (world) => writeInto(consentPath(world), '{'),
    layer: 'consent_file_unreadable',
    source: 'telemetry_config.json',
  },
  'new settings of the user': {
    say: ({ home, app }) =>
      writeInto(join(home, '.config', app, 'telemetry.toml'), 'disable_telemetry = true\n'),
    layer: 'user_config',
    source: 'telemetry.toml:1 (disable_telemetry)',
  },
  'a new marker file': {
    say: ({ home, app }) => writeInto(join(home, `.${app}-no-telemetry`), ''),
    layer: 'marker_file',
    source: '-no-telemetry',
  },
  'a new policy of the project': {
    say: ({ project }) =>
      writeInto(join(project, '.sotto', 'telemetry.json'), '{"disable_telemetry": true}\n'),
    layer: 'project_policy',
    source: 'telemetry.json:1 (disable_telemetry)',
  },
};

describe.concurrent('a no while a program runs', () => {
  it.each(Object.entries(NOS))('%s: is followed, and named', async (_, { say, layer, source }) => {
    await using world = await createWorld();
    await using program = await startSending(world);
    await say(world);
    const { mode, why, sessionId } = await program.tell('status');
    expect({ mode, layer: why.layer, sessionId }).toEqual({ mode: 'off', layer, sessionId: undefined });
    expect(why.source.endsWith(source)).toBe(true);
    await expectSilence(world, program, ['capture', 'flag', 'flush', 'end']);
  });

  // Whatever the program does first, before it can have looked.
  it.each<Command>(['capture', 'flush', 'flag', 'end'])(
    'no request is made by `%s` right after it',
    async (first) => {
      await using world = await createWorld();
      await using program = await startSending(world);
      await program.tell('capture');
      await disable(world);
      await expectSilence(world, program, [first, 'capture', 'flush', 'flag', 'end']);
    },
  );

  it.each<Command>(['flush', 'flag'])(
    'no request is made by `%s` that was being prepared',
    async (command) => {
      await using world = await createWorld();
      agree(world);
      const pipe = join(world.notes, 'hold');
      execFileSync('mkfifo', [pipe]);
      await using program = startLongRunning(world, { imports: [HOLD_IMPORT], env: { HOLD_IMPORT: pipe } });
      await program.tell('capture');
      const answer = program.tell(command);
      // Opens when the program has come as far as loading what it sends with.
      const held = await open(pipe, 'w');
      await disable(world);
      await held.close();
      // On a busy machine the look-up of a flag may have been given up meanwhile, before the no.
      await answer;
      expect((await program.tell('status')).mode).toBe('off');
      await expectSilence(world, program, ['flush', 'end'], 0);
    },
  );

  it('erases secret, ids and flags, and nothing makes them anew', async () => {
    await using world = await createWorld();
    await using program = await startSending(world);
    const { user_id, install_id } = readConsent(world);
    expect(readdirSync(stateDirectory(world))).toEqual(expect.arrayContaining(['secret', 'flags.json']));
    await disable(world);
    await expectSilence(world, program, ['flag', 'capture', 'flush', 'end']);
    expect(readdirSync(stateDirectory(world)).sort()).toEqual(['ledger', 'telemetry_config.json']);
    expect(readConsent(world)).toMatchObject({ telemetry_enabled: false, user_id: null, install_id: null });
    const everything = everyFile(world.home)
      .map((path) => readFileSync(path, 'latin1'))
      .join('\n');
    expect(everything).not.toContain(user_id);
    expect(everything).not.toContain(install_id);
  });

  it('makes no secret and no id anew for an event that comes before the program can have looked', async () => {
    await using world = await createWorld();
    agree(world);
    await using program = startLongRunning(world, { options: { distinctId: 'installation' } });
    await program.tell('status');
    // What `disable` leaves, in less time than it takes to start.
    agree(world, { telemetry_enabled: false, user_id: null, install_id: null });
    for (const name of ['secret', 'flags.json']) rmSync(join(stateDirectory(world), name));
    await expectSilence(world, program, ['capture', 'flush', 'end'], 0);
    expect(readdirSync(stateDirectory(world))).not.toContain('secret');
    expect(readConsent(world)).toMatchObject({ user_id: null, install_id: null });
  });

  it('keeps no flags that come as the answer to a question from before', async () => {
    await using world = await createWorld();
    agree(world);
    await using program = startLongRunning(world, { options: { flags: { timeoutMs: 20_000 } } });
    const release = world.outside.hold();
    const answer = program.tell('flag');
    await world.outside.requested(1);
    await disable(world);
    release();
    await answer;
    await expectSilence(world, program, ['flag', 'end'], 1);
    expect(readdirSync(stateDirectory(world))).not.toContain('flags.json');
  });

  it('is heard by every program that runs', async () => {
    await using world = await createWorld();
    await using one = await startSending(world);
    await using other = await startSending(world);
    await disable(world);
    await expectSilence(world, one, ['capture', 'flush', 'end']);
    await expectSilence(world, other, ['end']);
  });
});

/** A program that has the user's yes, and has sent something. */
async function startSending(world: World): Promise<LongRunning> {
  if (!existsSync(consentPath(world))) agree(world);
  const program = startLongRunning(world);
  await program.tell('flag');
  await program.tell('capture');
  const { mode, sent, pending } = await program.tell('flush');
  expect({ mode, hasSent: sent > 0, pending }).toEqual({ mode: 'on', hasSent: true, pending: 0 });
  return program;
}

/** Let the program do all this and end: nobody hears of it. */
async function expectSilence(
  { outside, dns }: World,
  program: LongRunning,
  commands: readonly Command[],
  requests = outside.requests.length,
): Promise<void> {
  const questions = dns.questions.length;
  for (const command of commands) {
    const { mode, pending } = await program.tell(command);
    expect({ mode, pending }).toEqual({ mode: 'off', pending: 0 });
  }
  expect(await program.end()).toEqual({ status: 7, stderr: '' });
  expect(outside.requests).toHaveLength(requests);
  expect(dns.questions).toHaveLength(questions);
}

function readConsent(world: World): Record<string, unknown> {
  return JSON.parse(readFileSync(consentPath(world), 'utf8')) as Record<string, unknown>;
}

function everyFile(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
