import { expect } from 'vitest';
import type { Snapshot } from '../../../src/testing/machine/index.js';
import { type Outcome, type RunOptions, run, type Witnessed } from './run.js';
import { sealedOff } from './sealed.js';
import { createWorld, type World } from './world.js';

/** A situation that a program is started in. */
export interface Scene extends RunOptions {
  /** Make the world so, before anything is looked at. */
  readonly prepare?: (world: World) => void;
  /** Undo what stands outside of the world. */
  readonly restore?: (world: World) => void;
  /** The same as the other members, for what depends on the world. */
  readonly inWorld?: (world: World) => RunOptions;
  /** Arguments that only the program with Sotto knows. */
  readonly ownArgs?: readonly string[];
}

/** What was seen of a program in a scene. */
export interface Aftermath {
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** The same program without Sotto in it. */
  readonly plain: Outcome;
  readonly sample: Witnessed;
  /** The same once more, cut off from every network, saying at its end what decided. */
  readonly asked: Witnessed;
  /** Names that were looked up. */
  readonly questions: readonly string[];
  readonly connections: number;
  readonly requests: readonly string[];
}

/** Run the program with and without Sotto in a world of their own, and look at what they left. */
export async function observe({
  prepare,
  restore,
  inWorld,
  ownArgs = [],
  ...scene
}: Scene): Promise<Aftermath> {
  await using world = await createWorld();
  prepare?.(world);
  try {
    const options = merge(scene, inWorld?.(world) ?? {});
    const args = [...(options.args ?? ['poem.txt']), ...ownArgs];
    const through = [...(options.through ?? []), ...sealedOff(options.asNobody)];
    const before = world.snapshot();
    const plain = await run('plain-app', world, options);
    const sample = await run('sample-app', world, { ...options, args });
    const asked = await run('sample-app', world, { ...options, args: [...args, '--why'], through });
    const { dns, outside } = world;
    return {
      before,
      after: world.snapshot(),
      plain: plain.outcome,
      sample,
      asked,
      questions: dns.questions,
      connections: outside.connections(),
      requests: outside.requests,
    };
  } finally {
    restore?.(world);
  }
}

/** Nothing was touched, nobody was asked, nothing was said, and the program did its work as it does without Sotto. */
export function expectNoTrace(aftermath: Aftermath): void {
  expectSameProgram(aftermath);
  expect(aftermath.after).toEqual(aftermath.before);
  expectNothingOutside(aftermath);
}

const TOOL_STATUSES: readonly (number | null)[] = [0, 2, 3];

/** Output, error output and exit code are those of the program without Sotto. */
export function expectSameProgram({ plain, sample, asked }: Aftermath): void {
  // Two programs that cannot even start, for a user who may not read them, would be the same as well.
  expect(TOOL_STATUSES).toContain(plain.status);
  expect(sample.outcome).toEqual(plain);
  expect(asked.outcome).toEqual({ ...plain, stdout: expect.stringContaining(plain.stdout) });
}

/** No observer of the network saw anything. */
export function expectNothingOutside(aftermath: Aftermath): void {
  const nothing = { questions: [], connections: 0, requests: [], opened: [], packets: 0 };
  expect(seenOutside(aftermath)).toEqual(nothing);
}

/** What every observer saw of the program, in both of its runs. */
export function seenOutside({ questions, connections, requests, sample, asked }: Aftermath) {
  const opened = [...sample.opened, ...asked.opened];
  return { questions, connections, requests, opened, packets: asked.packets ?? 0 };
}

/** Names of what was made or changed. */
export function changedFiles({ before, after }: Aftermath): readonly string[] {
  return Object.keys(after).filter((name) => after[name] !== before[name]);
}

/** The layer that decided, as the program says at its end. */
export function decidingLayer({ asked }: Aftermath): string {
  const last = asked.outcome.stdout.trimEnd().split('\n').at(-1) ?? '';
  return (JSON.parse(last) as { layer: string }).layer;
}

function merge(scene: RunOptions, more: RunOptions): RunOptions {
  return {
    ...scene,
    ...more,
    env: { ...scene.env, ...more.env },
    options: { ...scene.options, ...more.options },
  };
}
