import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startOnTerminal, type TerminalProgram } from '../support/pty.js';
import { PIPE_STREAMS, type ProgramName } from './programs.js';
import { commandOf, environmentOf, type Outcome, type RunOptions } from './run.js';
import type { World } from './world.js';

export type StreamName = 'stdin' | 'stdout' | 'stderr';

const log = ({ notes }: World) => join(notes, 'opened');
const report = ({ notes }: World) => join(notes, 'came-through.json');

/** Start a program of the proof as somebody does who sits at a terminal. */
export function startInTerminal(
  program: ProgramName,
  world: World,
  options: RunOptions = {},
): TerminalProgram {
  const env = { ...environmentOf(world, options), TERM: 'xterm', WITNESS_LOG: log(world) };
  return startOnTerminal(commandOf(program, options), { cwd: world.cwd, env });
}

export interface PartlyPiped {
  /** What came through the pipes; null for a stream that was left on the terminal. */
  readonly outcome: { readonly [Key in keyof Outcome]: Outcome[Key] | null };
  readonly screen: string;
}

/** The same, with some of the program's streams on pipes, as in `echo | program 2>&1 | less`. */
export async function runPartlyPiped(
  program: ProgramName,
  world: World,
  piped: readonly StreamName[],
  options: RunOptions = {},
): Promise<PartlyPiped> {
  const through = [process.execPath, PIPE_STREAMS, report(world), piped.join(',')];
  await using started = startInTerminal(program, world, { ...options, through });
  const { screen } = await started.outcome;
  return { outcome: JSON.parse(readFileSync(report(world), 'utf8')) as PartlyPiped['outcome'], screen };
}

/** Kinds of what programs on the terminals of this world opened towards the outside. */
export function openedInTerminals(world: World): readonly string[] {
  return existsSync(log(world)) ? readFileSync(log(world), 'utf8').split('\n').filter(Boolean) : [];
}
