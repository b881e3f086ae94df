import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { CHECKOUT, TSX } from '../../e2e/support/checkout.js';
import type { Sandbox } from '../../e2e/support/sandbox.js';

export const SOTTO = join(CHECKOUT, 'src', 'cli', 'program.ts');
export const ACME = join(CHECKOUT, 'test', 'wiring', 'cli', 'programs', 'acme.ts');

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that answers on a socket. */
export interface Serving {
  /** The line on standard output. @throws with what was said, when it ends without one */
  readonly url: Promise<string>;
  readonly outcome: Promise<Outcome>;
  /** Standard error so far. */
  told(): string;
  signal(name: NodeJS.Signals): void;
}

/** Start one of the two programs on a machine of its own. It is killed when the test ends. */
export function serve(
  sandbox: Sandbox,
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Serving {
  const child = spawn(process.execPath, ['--import', TSX, program, ...args], {
    cwd: sandbox.root,
    env: { ...sandbox.env, LANG: 'C.UTF-8', TSX_TSCONFIG_PATH: join(CHECKOUT, 'tsconfig.json'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = { stdout: '', stderr: '' };
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const outcome = new Promise<Outcome>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, ...output }));
  });
  const url = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text;
      if (output.stdout.includes('\n')) resolve(output.stdout.trim());
    });
    outcome.then(({ stderr }) => reject(new Error(`Ended without an address. ${stderr}`)), reject);
  });
  url.catch(() => {});
  return { url, outcome, told: () => output.stderr, signal: (name) => void child.kill(name) };
}
