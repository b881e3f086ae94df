import { type ChildProcess, spawn } from 'node:child_process';

/** A program on a terminal of its own, seen by somebody who types. */
export interface TerminalProgram extends AsyncDisposable {
  /** The exit status, once it has ended, and everything that stood on the terminal. */
  readonly outcome: Promise<{ readonly status: number | null; readonly screen: string }>;
  /** Wait until what came onto the screen since the last call matches. @throws when the program ends before that */
  shows(pattern: RegExp): Promise<void>;
  type(keys: string): void;
  /** Take the terminal away. Its outcome is then that of the terminal, not of the program. */
  hangUp(): void;
}

export interface TerminalProgramOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** `script` is there wherever a shell is, with other arguments on a BSD. */
const toScriptArguments = (command: readonly string[]): string[] =>
  process.platform === 'linux'
    ? ['-qec', command.map(quote).join(' '), '/dev/null']
    : ['-qe', '/dev/null', ...command];

const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

/** Start a program in a pseudo-terminal. */
export function startOnTerminal(
  command: readonly string[],
  options: TerminalProgramOptions,
): TerminalProgram {
  const child = spawn('script', toScriptArguments(command), { ...options, detached: true });
  const listeners = new Set<() => void>();
  let screen = '';
  let seen = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    for (const listener of listeners) listener();
  });
  const outcome = new Promise<{ status: number | null; screen: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, screen }));
  });

  return {
    outcome,
    shows: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(screen.slice(seen));
          if (!match) return;
          seen += match.index + match[0].length;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
        outcome.then(() => reject(new Error(`Ended without showing ${pattern}:\n${screen}`)), reject);
      }),
    type: (keys) => {
      child.stdin.write(keys);
    },
    hangUp: () => {
      child.kill('SIGKILL');
    },
    async [Symbol.asyncDispose]() {
      killGroup(child);
      await outcome.catch(() => {});
    },
  };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  process.kill(-child.pid, 'SIGKILL');
}
