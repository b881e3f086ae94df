import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { openInstallationSecret } from '../../../src/store/index.js';
import { createDirectory } from '../../support/directories.js';

vi.mock(import('node:fs'), async (importOriginal) => ({
  ...(await importOriginal()),
  linkSync: () => {
    throw Object.assign(new Error('operation not permitted'), { code: 'EPERM' });
  },
}));

it('keeps the secret on a file system without hard links too', () => {
  const directory = join(createDirectory(), 'telemetry');
  const secret = openInstallationSecret(directory);
  expect(openInstallationSecret(directory)).toEqual(secret);
});
