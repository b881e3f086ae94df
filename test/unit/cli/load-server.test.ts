import { expect, it } from 'vitest';
import { loadServer, type ServerModule } from '../../../src/cli/load-server.js';

const failing = (code: string) => () =>
  Promise.reject<ServerModule>(Object.assign(new Error('Cannot find package'), { code }));

it('is nothing where a package that the server needs is not installed', async () => {
  expect(await loadServer(failing('ERR_MODULE_NOT_FOUND'))).toBeUndefined();
});

it('hides no other failure', async () => {
  await expect(loadServer(failing('ERR_INVALID_PACKAGE_CONFIG'))).rejects.toThrow('Cannot find package');
});
