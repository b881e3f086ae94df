import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { importPeer } from '../../../../src/server/db/import-peer.js';

const execute = promisify(execFile);

it('gives what was loaded', async () => {
  expect(await importPeer('pg', async () => 'loaded')).toBe('loaded');
});

it('says what to install when the package is not there', async () => {
  const name = 'sotto-package-that-is-not-there';
  await expect(importPeer(name, () => importForReal(name))).rejects.toMatchObject({
    code: 'PEER_MISSING',
    message: expect.stringContaining(`npm install ${name}`),
  });
});

it('tells the truth of a package that is there and lacks another, or breaks', async () => {
  const missing = importPeer('pg', () => importForReal('sotto-package-that-is-not-there'));
  await expect(missing).rejects.toMatchObject({ code: 'ERR_MODULE_NOT_FOUND' });
  const broken = importPeer('pg', () => Promise.reject(new Error('broken')));
  await expect(broken).rejects.toThrow('broken');
});

/** In the words of Node.js: the test runner has its own. */
async function importForReal(name: string): Promise<unknown> {
  const program = `import(${JSON.stringify(name)}).catch(({ code, message }) => console.log(JSON.stringify({ code, message })))`;
  const { stdout } = await execute(process.execPath, ['--input-type=module', '--eval', program]);
  throw Object.assign(new Error(), JSON.parse(stdout));
}
