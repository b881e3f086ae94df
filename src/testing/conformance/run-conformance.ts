import { ConfigError } from '../../internal/index.js';
import type { Capture, OpenCapture } from '../capture/index.js';
import type { CheckEffects } from '../effects.js';
import { type CheckResult, notChecked, type Report } from '../report.js';
import { measureBaseline } from './baseline.js';
import { CHECKS, promiseOf } from './checks.js';
import type { Observation, Terms } from './observation.js';
import { observe } from './observe.js';
import type { Stage } from './perform.js';
import type { Scene } from './scene.js';
import { SCENE_NAMES, SCENES } from './scenes.js';

export interface ConformanceOptions {
  /** The app whose telemetry is in the command: its variables and files are named after it. */
  readonly app: string;
  readonly command: readonly string[];
  /** How much later than without telemetry it may end. */
  readonly budgetMs?: number;
  /** How long a run may take. */
  readonly timeoutMs?: number;
  /** How long what it has started may go on after its end. */
  readonly graceMs?: number;
  /** What the command ends with by itself; 0 unless given. */
  readonly exitCode?: number;
  /** What makes the command print JSON. */
  readonly jsonFlag?: string;
  /** Names of the only scenes to run; all of them unless given. */
  readonly scenes?: readonly string[];
  /** Lines of its output that differ from run to run. */
  readonly ignoreOutput?: RegExp;
  /** The command sends nothing, whatever was said. */
  readonly expectsNothing?: boolean;
  /** Ends everything that runs; the report then rejects. */
  readonly signal?: AbortSignal;
  /** Told before anything is run in a scene. */
  readonly onScene?: (name: string, done: number, total: number) => void;
}

const DEFAULTS = { budgetMs: 500, timeoutMs: 30_000, graceMs: 15_000, jsonFlag: '--json', exitCode: 0 };
const MIN_INTERRUPT_MS = 20;
/** Of the time that the command takes: something has begun by then, and it has not ended yet. */
const INTERRUPT_AT = 0.6;
/** Scenes that run beside each other. */
const LANES = 2;

/**
 * Run a command in every scene, and hold what is seen against what it does without telemetry.
 *
 * @throws {ConfigError} `OPTION_INVALID` for a scene that there is not, and a command that does not end as it should
 */
export async function checkConformance(
  {
    app,
    command,
    budgetMs = DEFAULTS.budgetMs,
    timeoutMs = DEFAULTS.timeoutMs,
    graceMs = DEFAULTS.graceMs,
    exitCode = DEFAULTS.exitCode,
    jsonFlag = DEFAULTS.jsonFlag,
    expectsNothing = false,
    ignoreOutput,
    signal: abort,
    scenes: names,
    onScene,
  }: ConformanceOptions,
  { openCapture, createMachine, runCommand }: CheckEffects,
): Promise<Report> {
  const scenes = chooseScenes(names);
  await using capture = await openCapture({ app });
  const undisturbed: Stage = {
    app,
    command,
    capture,
    timeoutMs,
    jsonFlag,
    interruptAfterMs: 0,
    abort,
    createMachine,
    runCommand,
  };
  const baseline = await measureBaseline(undisturbed, ignoreOutput, exitCode);
  const interruptAfterMs = Math.max(MIN_INTERRUPT_MS, INTERRUPT_AT * baseline.medianDurationMs);
  const alone: Stage = { ...undisturbed, interruptAfterMs };
  const terms: Terms = { baseline, budgetMs, graceMs, jsonFlag, ignoreOutput, expectsNothing };
  const results = new Map<Scene, readonly CheckResult[]>();
  const check = async (scene: Scene, stage: Stage) => {
    onScene?.(scene.name, results.size, scenes.length);
    results.set(scene, await checkScene(stage, scene, terms));
  };

  for (const scene of scenes.filter(({ isTimed }) => isTimed)) await check(scene, alone);
  const others = scenes.filter(({ isTimed }) => !isTimed);
  const lane = async (stage: Stage) => {
    for (let scene = others.shift(); scene !== undefined; scene = others.shift()) await check(scene, stage);
  };
  await inLanes(others.length, alone, openCapture, lane);
  return { tool: 'conformance', command, results: scenes.flatMap((scene) => results.get(scene) ?? []) };
}

/** Each lane has a capture of its own, so that what arrives is known to come from its scene. */
async function inLanes(
  scenes: number,
  first: Stage,
  openCapture: OpenCapture,
  lane: (stage: Stage) => Promise<void>,
): Promise<void> {
  const captures: Capture[] = [];
  const stop = new AbortController();
  const abort = first.abort ? AbortSignal.any([first.abort, stop.signal]) : stop.signal;
  try {
    while (captures.length < Math.min(LANES, scenes) - 1)
      captures.push(await openCapture({ app: first.app, mode: first.capture.mode }));
    const stages = [first, ...captures.map((capture) => ({ ...first, capture }))];
    // One that fails ends the others, and all have ended before anything is thrown away.
    const running = stages.map((stage) =>
      lane({ ...stage, abort }).catch((error) => {
        stop.abort(error);
        throw error;
      }),
    );
    await Promise.allSettled(running);
    await Promise.all(running);
  } finally {
    for (const capture of captures) await capture[Symbol.asyncDispose]();
  }
}

async function checkScene(stage: Stage, scene: Scene, terms: Terms): Promise<readonly CheckResult[]> {
  const impossible = scene.impossible?.();
  if (impossible !== undefined) return toResults(stage, scene, () => notChecked(impossible));
  const observation: Observation = await observe(stage, scene, terms.baseline, terms.graceMs);
  return toResults(stage, scene, (name) => CHECKS[name].judge(observation, terms));
}

function toResults(
  { capture }: Stage,
  { name, checks }: Scene,
  judge: (name: Scene['checks'][number]) => CheckResult['outcome'],
): readonly CheckResult[] {
  return checks.map((check) => ({
    check,
    scene: name,
    promise: promiseOf(check, capture.mode),
    outcome: judge(check),
  }));
}

function chooseScenes(names: readonly string[] | undefined): readonly Scene[] {
  const unknown = names?.find((name) => !SCENES.some((scene) => scene.name === name));
  if (unknown !== undefined)
    throw new ConfigError(
      'OPTION_INVALID',
      `There is no scene of the name ${unknown}. Scenes: ${SCENE_NAMES.join(', ')}.`,
    );
  return names === undefined ? SCENES : SCENES.filter(({ name }) => names.includes(name));
}
