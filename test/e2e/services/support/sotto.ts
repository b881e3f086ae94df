import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CHECKOUT, TSX } from '../../support/checkout.js';
import { type Outcome, runProgram } from '../../support/program.js';
import { createSandbox } from '../../support/sandbox.js';
import { type ServiceProcess, startService } from './service-process.js';

type Variables = Readonly<Record<string, string>>;

/** The program `sotto` on a machine of its own, where it is noon in UTC: no day ends while a test runs. */
export interface Sotto extends Disposable {
  /** By its clock. Unix time in milliseconds. */
  nowMs(): number;
  /** Run a command to its end. */
  run(args: readonly string[], env?: Variables): Promise<Outcome>;
  /** Run a line of a shell, in which `sotto` is the program. */
  runInShell(line: string, env?: Variables): Promise<Outcome>;
  /**
   * Start what runs on.
   *
   * @param stdoutTo - a file that takes its standard output
   */
  start(args: readonly string[], env?: Variables, stdoutTo?: string): ServiceProcess;
}

/** A service that listens. */
export interface Listening extends AsyncDisposable {
  readonly url: string;
  readonly process: ServiceProcess;
}

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const NOON_MS = 12 * HOUR_MS;
const CLOCK = pathToFileURL(join(CHECKOUT, 'test', 'e2e', 'services', 'programs', 'shift-clock.mjs')).href;
const PROGRAM = ['--import', CLOCK, '--import', TSX, join(CHECKOUT, 'src', 'cli', 'program.ts')];

/** @param env - variables of every command. Those that are empty are not set */
export async function createSotto(env: Variables = {}): Promise<Sotto> {
  const sandbox = await createSandbox();
  // Never back: what a database notes by its own clock is then of the past.
  const shiftMs = (NOON_MS + DAY_MS - (Date.now() % DAY_MS)) % DAY_MS;
  const toEnv = (more: Variables) => {
    const all = {
      ...sandbox.env,
      LANG: 'C.UTF-8',
      // tsx reads the paths of this checkout from it.
      TSX_TSCONFIG_PATH: join(CHECKOUT, 'tsconfig.json'),
      CLOCK_SHIFT_MS: String(shiftMs),
      ...env,
      ...more,
    };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
  };
  const options = (more: Variables = {}) => ({ cwd: sandbox.root, env: toEnv(more) });
  return {
    nowMs: () => Date.now() + shiftMs,
    run: (args, more) => runProgram(process.execPath, [...PROGRAM, ...args], options(more)),
    runInShell: (line, more) =>
      runProgram(
        'sh',
        ['-c', `set -e; sotto() { "$0" ${PROGRAM.map(quote).join(' ')} "$@"; }; ${line}`, process.execPath],
        options(more),
      ),
    start: (args, more, stdoutTo) => {
      const command = [process.execPath, ...PROGRAM, ...args];
      const shell = stdoutTo === undefined ? [] : ['sh', '-c', `exec "$@" > ${quote(stdoutTo)}`, 'sh'];
      const [program = '', ...rest] = [...shell, ...command];
      return startService(program, rest, options(more));
    },
    [Symbol.dispose]: () => sandbox[Symbol.dispose](),
  };
}

const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

/** Start a service on a free port, and wait until it listens. */
export async function listen(sotto: Sotto, args: readonly string[], env?: Variables): Promise<Listening> {
  const process = sotto.start([...args, '--port', '0'], env);
  try {
    const url = await process.said(/Listening on (http:\/\/[\d.]+:\d+)/);
    return { url, process, [Symbol.asyncDispose]: () => process[Symbol.asyncDispose]() };
  } catch (error) {
    await process[Symbol.asyncDispose]();
    throw error;
  }
}
