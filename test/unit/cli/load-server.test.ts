import { expect, it } from 'vitest';
import { loadServer, type ServerModule } from '../../../src/cli/load-server.js';
import { TelemetryError, type TelemetryErrorCode } from '../../../src/internal/index.js';

const failing = (code: string) => () =>
  Promise.reject<ServerModule>(Object.assign(new Error('Cannot find package'), { code }));

const refusing = (code: TelemetryErrorCode) => () =>
  Promise.reject<ServerModule>(new TelemetryError(code, 'Run this, and try again.'));

it.each([
  ['Node.js', failing('ERR_MODULE_NOT_FOUND')],
  ['the entry itself', refusing('PEER_MISSING')],
])('is nothing where a package that the server needs is not installed, as %s says', async (_who, load) => {
  expect(await loadServer(load)).toBeUndefined();
});

it('hides no other failure', async () => {
  await expect(loadServer(failing('ERR_INVALID_PACKAGE_CONFIG'))).rejects.toThrow('Cannot find package');
  await expect(loadServer(refusing('PEER_UNSUITABLE'))).rejects.toThrow('Run this, and try again.');
});
