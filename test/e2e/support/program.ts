import { type ChildProcess, spawn } from 'node:child_process';

export interface ProgramOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Outcome {
  /** The exit status; null if a signal ended the program. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that runs in a process group of its own, as one started from a terminal does. */
export interface Program extends AsyncDisposable {
  readonly outcome: Promise<Outcome>;
  /**
   * Wait until standard output matches.
   *
   * @returns what the first group of the pattern matched
   * @throws when the program ends without printing such a thing
   */
  printed(pattern: RegExp): Promise<string>;
  /** What Ctrl-C does: the signal reaches the whole group. */
  interrupt(): void;
}

export function startProgram(command: string, args: readonly string[], options: ProgramOptions): Program {
  const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
    for (const listener of listeners) listener();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const outcome = new Promise<Outcome>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, ...output }));
  });

  return {
    outcome,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(output.stdout);
          if (match) resolve(match[1] ?? '');
        };
        listeners.add(look);
        look();
        outcome.then(
          ({ stderr }) => reject(new Error(`Ended without printing ${pattern}. ${stderr}`)),
          reject,
        );
      }),
    interrupt: () => signalGroup(child, 'SIGINT'),
    async [Symbol.asyncDispose]() {
      signalGroup(child, 'SIGKILL');
      await outcome.catch(() => {});
    },
  };
}

/** Run a program to its end. */
export async function runProgram(
  command: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<Outcome> {
  await using program = startProgram(command, args, options);
  return await program.outcome;
}

/** Run a program that has to succeed. @throws if it does not, with what it printed */
export async function runTool(
  command: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<string> {
  const { status, stdout, stderr } = await runProgram(command, args, options);
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${status}.\n${stdout}\n${stderr}`);
  return stdout;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  process.kill(-child.pid, signal);
}
