import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Resolves when a server says that it is ready. Reads on to the end: a server ends when nobody takes its lines. */
export function untilSaid(child: ChildProcess, line: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk) => {
      said += String(chunk);
      if (said.includes(line)) resolve();
    });
    child.once('exit', () => reject(new Error(`The server ended: ${said}`)));
  });
}

export function isRunning(child: ChildProcess | undefined): child is ChildProcess {
  return child !== undefined && child.exitCode === null && child.signalCode === null;
}

/** Resolves when it has ended, at once where it is not running. */
export async function endServer(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!isRunning(child)) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
