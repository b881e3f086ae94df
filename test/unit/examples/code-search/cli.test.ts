import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { createFolder } from './temporary-folder.js';

const CLI = fileURLToPath(new URL('../../../../examples/code-search/cli.ts', import.meta.url));

function start(...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', CLI, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { child, closed: once(child, 'close') };
}

it('prints its answer into a pipe', async () => {
  const root = await createFolder({ 'a.ts': 'function alpha() {}' });
  const { child, closed } = start(root, 'alpha');
  const [out] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(out).toMatch(/^a\.ts:1 .*function alpha\(\) \{\}\n$/);
  expect(await closed).toEqual([0, null]);
});

it('ends without a word when its reader has gone away', async () => {
  const root = await createFolder({ 'a.ts': 'function alpha() {}' });
  const { child, closed } = start(root, 'alpha');
  child.stdout.destroy();
  const err = await text(child.stderr);
  expect(err).toBe('1 match in 1 file, chosen from 1 candidate.\n');
  expect(await closed).toEqual([0, null]);
});
