import { createCanaries, createSearch, listCanaries } from '../canary/index.js';
import type { CheckEffects } from '../effects.js';
import type { Report } from '../report.js';
import { CHECKS } from './checks.js';
import { derive } from './derive.js';
import type { Observation } from './observation.js';
import { ARGUMENT_MARK, fillIn, plant } from './plant.js';
import { readState } from './read-state.js';
import { sayYes } from './say-yes.js';

export interface LeaktestOptions {
  /** The app whose telemetry is in the command: its variables and files are named after it. */
  readonly app: string;
  /** What to run. `{canary}` in it becomes a value that may go nowhere. */
  readonly command: readonly string[];
  /** More variables for the command. */
  readonly env?: Readonly<Record<string, string>>;
  /** Programs that the command may tell what it likes, such as `git`: their arguments are not looked at. */
  readonly allowedChildren?: readonly string[];
  /** The command is known to send nothing. */
  readonly expectsNothing?: boolean;
  /** What the command ends with by itself; 0 unless given. */
  readonly exitCode?: number;
  /** Whether the second yes is said too, under which the text of a query may leave; true unless given. */
  readonly toolsOverPrivacy?: boolean;
  /** How long it may take. */
  readonly timeoutMs?: number;
  /** How long what it has started may go on after its end. */
  readonly graceMs?: number;
  /** How what it sends is seen; the best that this machine can do unless given. */
  readonly mode?: 'sealed' | 'proxied';
  /** Ends everything that runs; the report then rejects. */
  readonly signal?: AbortSignal;
}

const DEFAULTS = { timeoutMs: 60_000, graceMs: 30_000 } as const;

/** Run a command where every trace of its user is a canary, and look for them in all that it leaves behind. */
export async function checkLeaks(options: LeaktestOptions, effects: CheckEffects): Promise<Report> {
  const observation = await observe(options, effects);
  const results = CHECKS.map(({ name, promise, judge }) => ({
    check: name,
    scene: undefined,
    promise,
    outcome: judge(observation),
  }));
  return { tool: 'leaktest', command: options.command, results };
}

async function observe(
  { app, mode, signal: abort, ...options }: LeaktestOptions,
  { openCapture, createMachine, runCommand }: CheckEffects,
): Promise<Observation> {
  const canaries = createCanaries();
  const { user, host, directory } = canaries;
  const names = { user: user.value, host: host.value };
  await using capture = await openCapture({ app, names, ...(mode && { mode }) });
  await using machine = await createMachine({ app, names: { ...names, directory: directory.value } });
  const planted = plant(machine, canaries);
  const command = fillIn(options.command, canaries);
  const result = await runCommand({
    command,
    machine,
    env: {
      ...planted,
      ...sayYes(machine.prefix, options.toolsOverPrivacy ?? true),
      ...capture.env,
      ...options.env,
    },
    through: capture.through,
    timeoutMs: options.timeoutMs ?? DEFAULTS.timeoutMs,
    graceMs: options.graceMs ?? DEFAULTS.graceMs,
    ...(abort && { abort }),
  });
  const seededFrom = options.command.findIndex((text) => text.includes(ARGUMENT_MARK));
  return {
    result,
    seen: await capture.seen(),
    state: readState(machine.stateDirectory),
    search: createSearch([...listCanaries(canaries), ...derive(canaries, machine)]),
    isSealed: capture.mode === 'sealed',
    areNamesSeeded: capture.names.user === names.user && capture.names.host === names.host,
    command,
    seededFrom: seededFrom === -1 ? undefined : seededFrom,
    allowedChildren: options.allowedChildren ?? [],
    expectsNothing: options.expectsNothing ?? false,
    exitCode: options.exitCode ?? 0,
  };
}
