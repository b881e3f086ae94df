import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type ProgramName, programPath, WITNESS } from './programs.js';
import { countPackets } from './sealed.js';
import type { World } from './world.js';

export interface RunOptions {
  readonly args?: readonly string[];
  /** Added to the environment of the world; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Added to what the maker wrote in code. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** A user without the rights of root. */
  readonly asNobody?: boolean;
  /** A command that runs the program: what follows it are node and its arguments. */
  readonly through?: readonly string[];
  /** A pipe, to write to; otherwise there is nothing to read. */
  readonly stdin?: 'pipe';
  /** More modules to load before the program. */
  readonly imports?: readonly string[];
}

/** What a user of the program sees. */
export interface Outcome {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Witnessed {
  readonly outcome: Outcome;
  /** Kinds of what the program opened towards the outside, as the runtime calls them. */
  readonly opened: readonly string[];
  /** Packets that the kernel was asked to send; undefined where the program was not sealed off. */
  readonly packets: number | undefined;
}

/** No machine has this user's rights to anything; `nobody` on most. */
export const NOBODY = 65_534;
const DEADLINE_MS = 30_000;

/** How a program of the proof is started: node, its arguments and the program's. */
export function commandOf(program: ProgramName, { through = [], imports = [], args }: RunOptions): string[] {
  const modules = [WITNESS, ...imports].flatMap((path) => ['--import', path]);
  return [...through, process.execPath, ...modules, programPath(program), ...(args ?? ['poem.txt'])];
}

/** The whole environment of a program in a world. */
export function environmentOf(world: World, { env, options }: RunOptions): NodeJS.ProcessEnv {
  return { ...world.env, SAMPLE_OPTIONS: JSON.stringify({ ...world.options, ...options }), ...env };
}

/** Start a program in a world. Its descriptors 3 and 4 are for those who watch. */
export function start(program: ProgramName, world: World, options: RunOptions = {}): ChildProcess {
  const [command = '', ...args] = commandOf(program, options);
  return spawn(command, args, {
    cwd: world.cwd,
    env: environmentOf(world, options),
    stdio: [options.stdin ?? 'ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    timeout: DEADLINE_MS,
    killSignal: 'SIGKILL',
    ...(options.asNobody && process.getuid?.() === 0 && { uid: NOBODY, gid: NOBODY }),
  });
}

export async function run(program: ProgramName, world: World, options: RunOptions = {}): Promise<Witnessed> {
  const child = start(program, world, options);
  const ended = new Promise<Pick<Outcome, 'status' | 'signal'>>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => resolve({ status, signal }));
  });
  const [stdout, stderr, opened, counters] = await Promise.all(
    child.stdio.slice(1).map((stream) => text(stream as Readable)),
  );
  const end = await ended;
  return {
    outcome: { ...end, stdout: stdout ?? '', stderr: stderr ?? '' },
    opened: opened?.split('\n').filter(Boolean) ?? [],
    packets: counters ? countPackets(counters) : undefined,
  };
}
