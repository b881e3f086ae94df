import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { randomId } from '../../internal/index.js';
import { collectOutput } from './collect-output.js';
import type { RunCommand, RunOptions, RunResult } from './contract.js';
import { type Family, watchFamily } from './family.js';
import { openNotes } from './notes-file.js';
import { sendSignal } from './send-signal.js';

const LOOK_EVERY_MS = 100;
const LET_GO_MS = 1_000;

/** Where the build puts what programs on Node.js note their children with. */
const NOTE_CHILDREN = new URL('./note-children.js', import.meta.url);

/**
 * Run a command on a machine, and see what becomes of it and of all that it starts.
 *
 * @throws what `abort` was aborted with; the reason why the command cannot be started at all
 */
export const runCommand: RunCommand = (options) => runNoting(options, NOTE_CHILDREN);

/** The same. @param hook - what programs on Node.js are told to load; nothing where there is no such file */
export async function runNoting(options: RunOptions, hook: URL): Promise<RunResult> {
  const { abort, timeoutMs, graceMs } = options;
  abort?.throwIfAborted();
  using notes = openNotes();
  const mark = { SOTTO_RUN: randomId() };
  const child = start(options, {
    ...mark,
    ...(existsSync(fileURLToPath(hook)) && {
      SOTTO_RUN_NOTES: notes.path,
      NODE_OPTIONS: joinOptions(variableOf(options, 'NODE_OPTIONS'), `--import=${hook.href}`),
    }),
  });
  const startedAtMs = performance.now();
  const output = collectOutput(child, options.stdout ?? 'read');
  const exited = once(child, 'exit');
  const closed = once(child, 'close');
  // What keeps it from starting is told by the next line.
  for (const event of [exited, closed]) event.catch(() => {});
  await once(child, 'spawn');
  const family = watchFamily(child, `SOTTO_RUN=${mark.SOTTO_RUN}`, notes);
  const looking = setInterval(() => family.look(), LOOK_EVERY_MS);
  const signalled = sendSignal(child, output, options.signal);
  try {
    const hasTimedOut = await isTooLong(exited, timeoutMs, abort);
    if (hasTimedOut) await family.kill();
    await exited;
    const exitedAtMs = performance.now();
    const survivors = await outlive(family, graceMs, abort);
    // Where survivors cannot be seen, one of them may hold the streams for ever.
    await Promise.race([closed, sleep(LET_GO_MS)]);
    return {
      status: child.exitCode,
      signal: child.signalCode,
      stdout: output.stdout(),
      stderr: output.stderr(),
      hasTimedOut,
      durationMs: exitedAtMs - startedAtMs,
      exitMs: toExitMs(output.lastAtMs(), Math.max(exitedAtMs, output.endedAtMs() ?? 0)),
      afterSignalMs: toAfterMs(signalled.atMs(), exitedAtMs),
      children: family.children(),
      survivors,
    };
  } finally {
    clearInterval(looking);
    signalled.stop();
    await family.kill();
    for (const stream of [child.stdout, child.stderr]) stream?.destroy();
  }
}

function start({ command, machine, env, through = [] }: RunOptions, more: NodeJS.ProcessEnv): ChildProcess {
  const [program = '', ...args] = [...through, ...command];
  return spawn(program, args, {
    cwd: machine.cwd,
    env: { ...machine.env, ...env, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, as a shell gives to what a person types: Ctrl-C reaches all of it.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
}

const joinOptions = (theirs: string | undefined, ours: string) => (theirs ? `${theirs} ${ours}` : ours);

function variableOf({ env, machine }: RunOptions, name: string): string | undefined {
  return env !== undefined && name in env ? env[name] : machine.env[name];
}

const toExitMs = (lastAtMs: number | undefined, endAtMs: number) =>
  lastAtMs === undefined ? undefined : Math.max(0, endAtMs - lastAtMs);

const toAfterMs = (signalledAtMs: number | undefined, endAtMs: number) =>
  signalledAtMs === undefined ? undefined : endAtMs - signalledAtMs;

/** @returns false once the program has ended @throws what `abort` was aborted with */
async function isTooLong(
  exited: Promise<unknown>,
  timeoutMs: number,
  abort: AbortSignal | undefined,
): Promise<boolean> {
  const stop = new AbortController();
  const signal = abort === undefined ? stop.signal : AbortSignal.any([stop.signal, abort]);
  try {
    return await Promise.race([exited.then(() => false), sleep(timeoutMs, true, { signal })]);
  } catch (error) {
    abort?.throwIfAborted();
    throw error;
  } finally {
    stop.abort();
  }
}

/** Wait until nothing is left of what a program started. @returns what was left when the grace was over; it is killed */
async function outlive(
  family: Family,
  graceMs: number,
  abort: AbortSignal | undefined,
): Promise<RunResult['survivors']> {
  const untilMs = performance.now() + graceMs;
  for (;;) {
    const left = family.look();
    if (left === undefined || left.length === 0) return left;
    if (performance.now() >= untilMs) {
      await family.kill();
      return left;
    }
    await sleep(LOOK_EVERY_MS);
    abort?.throwIfAborted();
  }
}
