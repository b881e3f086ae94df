import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program in a process group of its own, as one started from a terminal is. Killed when disposed of. */
export interface DrillProcess extends AsyncDisposable {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** Lines of standard output so far. */
  readonly lines: readonly string[];
  /** Wait for a line of standard output. @throws when the program ends without it */
  printed(line: string | RegExp): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** What Ctrl-C does: the signal reaches the whole group. */
  interrupt(): void;
  /** End its standard input. */
  release(): void;
}

interface DrillProcessOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

export function startProcess(
  command: string,
  args: readonly string[],
  options: DrillProcessOptions,
): DrillProcess {
  const child = spawn(command, args, { ...options, detached: true, stdio: 'pipe' });
  const pid = child.pid as number;
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  let stderr = '';
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    for (const listener of listeners) listener();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  // Whoever was killed does not read any more.
  child.stdin.on('error', () => {});
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) =>
      resolve({ code, signal, stdout: lines.map((line) => `${line}\n`).join(''), stderr }),
    );
  });

  return {
    pid,
    ended,
    lines,
    printed: (wanted) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (lines.some((line) => (typeof wanted === 'string' ? line === wanted : wanted.test(line))))
            resolve();
        };
        listeners.add(look);
        look();
        ended.then((end) => reject(new Error(`Ended without ${wanted}. ${end.stderr}`)), reject);
      }),
    kill: (signal) => void child.kill(signal),
    interrupt: () => void process.kill(-pid, 'SIGINT'),
    release: () => void child.stdin.end(),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended.catch(() => {});
    },
  };
}
