import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A program that serves until it is told to end, in a process group of its own. Killed when disposed of. */
export interface ServiceProcess extends AsyncDisposable {
  readonly pid: number;
  /** All that it has written so far. */
  readonly stdout: string;
  readonly stderr: string;
  readonly ended: Promise<Ended>;
  /**
   * Wait until it has written such a thing on either stream.
   *
   * @returns what the first group of the pattern matched
   * @throws when it ends before that
   */
  said(pattern: RegExp): Promise<string>;
  /** Read its standard output no longer, as `head` does when it has enough. */
  stopReading(): void;
  terminate(): void;
  /** What Ctrl-C does: the signal reaches the whole group. */
  interrupt(): void;
}

export function startService(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): ServiceProcess {
  const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text;
      for (const listener of listeners) listener();
    });
  }
  const ended = endOf(child);

  return {
    pid: child.pid as number,
    get stdout() {
      return output.stdout;
    },
    get stderr() {
      return output.stderr;
    },
    ended,
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(output.stdout) ?? pattern.exec(output.stderr);
          if (!match) return;
          listeners.delete(look);
          resolve(match[1] ?? '');
        };
        listeners.add(look);
        look();
        ended.then(() => reject(new Error(`Ended without writing ${pattern}. ${output.stderr}`)), reject);
      }),
    stopReading: () => void child.stdout.destroy(),
    terminate: () => void child.kill('SIGTERM'),
    interrupt: () => void process.kill(-(child.pid as number), 'SIGINT'),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended.catch(() => {});
    },
  };
}

function endOf(child: ChildProcessByStdio<null, Readable, Readable>): Promise<Ended> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}
