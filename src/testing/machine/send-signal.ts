import type { ChildProcess } from 'node:child_process';
import type { Output } from './collect-output.js';
import type { RunOptions } from './contract.js';

/** Send a signal as Ctrl-C does: to the program and all that shares its group. */
export function sendSignal(
  child: ChildProcess,
  { begun }: Output,
  signal: RunOptions['signal'],
): { stop(): void; atMs(): number | undefined } {
  let sentAtMs: number | undefined;
  if (signal === undefined) return { stop: () => {}, atMs: () => sentAtMs };
  const send = () => {
    clearTimeout(timer);
    const isOver = child.exitCode !== null || child.signalCode !== null;
    if (isOver || sentAtMs !== undefined) return;
    sentAtMs = performance.now();
    signalGroup(child, signal.name);
  };
  const timer = setTimeout(send, signal.afterMs);
  void begun.then(send);
  return { stop: () => clearTimeout(timer), atMs: () => sentAtMs };
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') child.kill(signal);
  else sendToGroup(child.pid, signal);
}

function sendToGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended by itself.
  }
}
