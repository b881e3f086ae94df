import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/**
 * Start a program that prints something when it is ready, and on a word of ours one line for each of its arguments. Several of them
 * can so be let go at once.
 */
export async function startPrinting(path: string, args: readonly string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', path, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill());
  await once(child.stdout, 'data');
  return {
    async printLines() {
      child.stdin.end('go');
      return (await text(child.stdout)).trim().split('\n');
    },
  };
}
