import type { Capture } from '../capture/index.js';
import type { CheckEffects } from '../effects.js';
import type { Machine, RunResult } from '../machine/index.js';
import type { Performance } from './observation.js';
import { sayNo } from './say.js';
import type { Scene } from './scene.js';

/** Where commands are run, and how. */
export interface Stage extends Pick<CheckEffects, 'createMachine' | 'runCommand'> {
  readonly app: string;
  readonly command: readonly string[];
  readonly capture: Capture;
  readonly timeoutMs: number;
  readonly jsonFlag: string;
  /** When a command that is to be interrupted is, at the latest. */
  readonly interruptAfterMs: number;
  readonly abort: AbortSignal | undefined;
}

/**
 * Run the command in a scene, on a new machine.
 *
 * @param as - as the scene has it, or as its twin without telemetry
 * @param graceMs - how long what it has started may go on
 */
export async function perform(
  stage: Stage,
  scene: Scene,
  as: 'itself' | 'twin',
  graceMs: number,
): Promise<Performance> {
  const { app, capture, abort } = stage;
  await using machine = await stage.createMachine({ app });
  const said = as === 'twin' ? sayNo() : scene.said(machine);
  const before = machine.snapshot();
  const around = scene.around?.(machine) ?? {};
  await capture.begin(scene.conduct ?? 'answer');
  const run = () =>
    stage.runCommand({
      command: scene.isJson ? [...stage.command, stage.jsonFlag] : stage.command,
      machine,
      env: { ...capture.env, ...around.env, ...said.env },
      through: [...capture.through, ...(around.through ?? [])],
      timeoutMs: stage.timeoutMs,
      graceMs,
      ...(scene.isInterrupted && { signal: { name: 'SIGINT', afterMs: afterMs(stage, scene) } as const }),
      ...(scene.stdout && { stdout: scene.stdout }),
      ...(abort && { abort }),
    });
  try {
    const running = scene.isTwofold ? [run(), run()] : [run()];
    // One that fails does not leave the other behind on a machine that is thrown away.
    await Promise.allSettled(running);
    const results = await Promise.all(running);
    const changed = changedNames(before, machine.snapshot());
    const [outcome, ...others] = results.map((result) => toOutcome(result, machine));
    if (outcome === undefined) throw new Error('A command that ran has an outcome.');
    return {
      outcomes: [outcome, ...others],
      seen: await capture.seen(),
      changed,
      ownFiles: changed.filter((name) => isBelow(name, nameOf(machine.stateDirectory, machine))),
    };
  } finally {
    scene.restore?.(machine);
  }
}

/** One that is to print something first is given all the time that it may take. */
const afterMs = ({ interruptAfterMs, timeoutMs }: Stage, { isInterrupted }: Scene) =>
  isInterrupted === 'working' ? interruptAfterMs : timeoutMs;

/** Paths that differ from machine to machine, and numbers of processes, are none of what a command says. */
function toOutcome(result: RunResult, { root }: Machine): RunResult {
  const clean = (text: string) => text.replaceAll(root, '<machine>').replaceAll(/\(node:\d+\)/g, '(node)');
  return { ...result, stdout: clean(result.stdout), stderr: clean(result.stderr) };
}

type Snapshot = ReturnType<Machine['snapshot']>;

/** Of a directory that holds something that was changed, only that is named. */
function changedNames(before: Snapshot, after: Snapshot): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => before[name] !== after[name]);
  return changed.filter((name) => !changed.some((other) => other !== name && isBelow(other, name)));
}

const isBelow = (name: string, directory: string) => name === directory || name.startsWith(`${directory}/`);

/** How a snapshot calls a path. */
const nameOf = (path: string, { root }: Machine) => `.${path.slice(root.length).replaceAll('\\', '/')}`;
