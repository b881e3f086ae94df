import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { FULL_HOMES, HOSTILE_HOMES } from './hostile-homes.js';
import type { Scene } from './observe.js';
import { OPT_OUTS } from './opt-outs.js';
import { usePrograms } from './programs.js';
import type { RunOptions } from './run.js';
import { openedInTerminals, runPartlyPiped, type StreamName, startInTerminal } from './terminal.js';
import { consentPath, createWorld, stateDirectory, type World } from './world.js';

usePrograms();

const QUESTION = /\[y\/N/;
const ENTER = '\r';
const CTRL_C = '\x03';
const CTRL_D = '\x04';

const PIPED: readonly (readonly StreamName[])[] = [
  ['stdin'],
  ['stdout'],
  ['stderr'],
  ['stdin', 'stdout'],
  ['stdin', 'stderr'],
  ['stdout', 'stderr'],
  ['stdin', 'stdout', 'stderr'],
];

/** Nothing that was answered could be kept there. Whoever is at the terminal of a test is root, or has no other user's rights. */
const HOMES = Object.fromEntries(Object.entries(HOSTILE_HOMES).filter(([, { asNobody }]) => !asNobody));

describe.concurrent('a terminal of which some streams are pipes', () => {
  it.each(PIPED.map((piped) => [piped.join(', '), piped] as const))(
    '%s on a pipe: nobody is asked, and nothing is left',
    async (_, piped) => {
      await using world = await createWorld();
      const before = world.snapshot();
      // What comes through the pipe is the program's, whoever else would like to read.
      const options = { args: [piped.includes('stdin') ? '-' : 'poem.txt'] };
      const plain = await runPartlyPiped('plain-app', world, piped, options);
      expect(await runPartlyPiped('sample-app', world, piped, options)).toEqual(plain);
      expectNothingSeen(world);
      expect(world.snapshot()).toEqual(before);
    },
  );

  it('writes nothing but its answer for programs', async () => {
    await using world = await createWorld();
    const { outcome } = await runPartlyPiped('sample-app', world, ['stdout'], {
      args: ['--json', 'poem.txt'],
    });
    expect(outcome).toMatchObject({ status: 0, stdout: '[{"words":6,"lines":2}]\n' });
  });
});

describe.concurrent('a terminal, and somebody before it', () => {
  it.each([
    ['Ctrl-C', CTRL_C],
    ['Enter', ENTER],
    ['Ctrl-D', CTRL_D],
  ])(
    '%s at the question: the program does its work, nothing is kept, and the next run asks again',
    async (_, key) => {
      await using world = await createWorld();
      const before = world.snapshot();
      for (let time = 0; time < 2; time += 1) {
        expect(await answer(world, key)).toMatchObject({
          status: 0,
          screen: expect.stringContaining('6 poem.txt'),
        });
        expect(world.snapshot()).toEqual(before);
      }
      expectNothingSeen(world);
    },
  );

  it('a no is kept and nothing else is, and nobody is asked again', async () => {
    await using world = await createWorld();
    expect(await answer(world, `n${ENTER}`)).toMatchObject({ status: 0 });
    const record = JSON.parse(readFileSync(consentPath(world), 'utf8')) as object;
    expect(record).toMatchObject({ telemetry_enabled: false, user_id: null, install_id: null });

    expect(readdirSync(stateDirectory(world))).toEqual(['telemetry_config.json']);

    const before = world.snapshot();
    expect(await onTerminal('sample-app', world)).toEqual(await onTerminal('plain-app', world));
    expect(world.snapshot()).toEqual(before);
    expectNothingSeen(world);
  });

  it('a yes is kept, and seen', async () => {
    await using world = await createWorld();
    expect(await answer(world, `y${ENTER}`)).toMatchObject({ status: 0 });
    expect(JSON.parse(readFileSync(consentPath(world), 'utf8'))).toMatchObject({ telemetry_enabled: true });
    expect(world.outside.requests).toContain('POST /batch/');
    expect(openedInTerminals(world)).toContain('TCPCONNECTWRAP');
  });

  it('a yes that cannot be kept is none', async () => {
    await using world = await createWorld();
    const { status, screen } = await answer(world, `y${ENTER}`, FULL_HOMES['files that may not grow']);
    expect({ status, screen }).toMatchObject({ status: 0, screen: expect.stringContaining('6 poem.txt') });
    expectNothingSeen(world);
  });

  it('a notice sends nothing in the run that shows it', async () => {
    await using world = await createWorld();
    const options = { options: { consent: 'opt-out' } };
    const { status, screen } = await onTerminal('sample-app', world, options);
    expect({ status, screen }).toMatchObject({
      status: 0,
      screen: expect.stringContaining('DISABLE_TELEMETRY'),
    });
    expectNothingSeen(world);
    await onTerminal('sample-app', world, options);
    expect(world.outside.requests).toContain('POST /batch/');
  });

  it.each(Object.entries<Scene>({ ...OPT_OUTS, ...HOMES }))(
    '%s: nobody is asked, and nothing is left',
    async (_, { prepare, restore, inWorld, ownArgs = [], ...scene }) => {
      await using world = await createWorld();
      prepare?.(world);
      try {
        const before = world.snapshot();
        const options: RunOptions = { ...scene, ...inWorld?.(world) };
        const args = ['poem.txt', ...ownArgs];
        const plain = await onTerminal('plain-app', world, options);
        expect(await onTerminal('sample-app', world, { ...options, args })).toEqual(plain);
        expect(world.snapshot()).toEqual(before);
        expectNothingSeen(world);
      } finally {
        restore?.(world);
      }
    },
  );
});

/** Start the program, wait for its question, and type. */
async function answer(world: World, keys: string, options: RunOptions = {}) {
  await using program = startInTerminal('sample-app', world, options);
  await program.shows(QUESTION);
  // What is typed as soon as the question stands there is no answer: nobody has read it.
  await setTimeout(600);
  program.type(keys);
  return await program.outcome;
}

/** Let the program run to its end. @throws as soon as it asks, and would wait */
async function onTerminal(program: 'plain-app' | 'sample-app', world: World, options: RunOptions = {}) {
  await using started = startInTerminal(program, world, options);
  const hasAsked = started.shows(QUESTION).then(
    () => true,
    () => false,
  );
  if (await hasAsked) throw new Error('Somebody was asked.');
  return await started.outcome;
}

function expectNothingSeen(world: World): void {
  const { dns, outside } = world;
  expect({
    opened: openedInTerminals(world),
    questions: dns.questions,
    connections: outside.connections(),
  }).toEqual({ opened: [], questions: [], connections: 0 });
}
