import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { TSX } from '../../../../support/run-program.js';
import { START_MS } from './stage.js';
import { LICENSE_KEY } from './vendor-double.js';

const PROGRAM = fileURLToPath(new URL('./programs/collect.ts', import.meta.url));

/** A collector in a process of its own. */
export interface CollectorProcess {
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<{
    readonly code: number | null;
    readonly signal: NodeJS.Signals | null;
  }>;
}

export function startProcess(how: 'once' | 'on', databaseUrl: string, vendorUrl: string): CollectorProcess {
  const args = [how, databaseUrl, vendorUrl, LICENSE_KEY, String(START_MS)];
  const child = spawn(process.execPath, ['--import', TSX, PROGRAM, ...args], {
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const ended = exited.then(([code, signal]) => ({ code, signal }));
  return { kill: (signal) => void child.kill(signal), ended };
}
