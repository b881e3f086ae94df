import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createFlagStore, eraseInstallation, openInstallationSecret } from '../../../src/store/index.js';
import { createDirectory, withoutSpecialRights } from '../../support/directories.js';
import { featureOf, openTestLog, totalOf } from './usage/support.js';

it('leaves no secret and no flags', () => {
  const directory = createDirectory();
  const secret = openInstallationSecret(directory);
  createFlagStore(directory).write(new Map([['beta_ui', { value: true, version: 1 }]]));
  expect(eraseInstallation(directory)).toBe(true);
  expect(readdirSync(directory)).toEqual([]);
  expect(openInstallationSecret(directory)).not.toEqual(secret);
});

it('leaves no bundle, for the id stands in it, and nothing else of that folder', () => {
  const directory = createDirectory();
  const folder = join(directory, 'diagnostics');
  mkdirSync(folder);
  for (const name of ['acme-diagnostics-20261121_083000-1b4e28ba.zip', 'notes.txt'])
    writeFileSync(join(folder, name), '');
  expect(eraseInstallation(directory)).toBe(true);
  expect(readdirSync(folder)).toEqual(['notes.txt']);
});

it.each([
  'secret.broken-1',
  'flags.json.broken-12',
  'secret.0123456789abcdef.tmp',
  'flags.json.0123456789abcdef.tmp',
])('leaves no %s', (name) => {
  const directory = createDirectory();
  writeFileSync(join(directory, name), '');
  expect(eraseInstallation(directory)).toBe(true);
  expect(readdirSync(directory)).toEqual([]);
});

it.each(['secret.pem', 'secrets', 'my-secret', 'secret.tmp', 'flags.json.bak', 'flags.yaml', 'notes.txt'])(
  'leaves %s, which is somebody else’s',
  (name) => {
    const directory = createDirectory();
    writeFileSync(join(directory, name), '');
    expect(eraseInstallation(directory)).toBe(true);
    expect(readdirSync(directory)).toEqual([name]);
  },
);

it('leaves folders, whatever they are called', () => {
  const directory = createDirectory();
  mkdirSync(join(directory, 'secret', 'inside'), { recursive: true });
  expect(eraseInstallation(directory)).toBe(true);
  expect(readdirSync(join(directory, 'secret'))).toEqual(['inside']);
});

it('has nothing to do where there is no directory, and makes none', () => {
  const home = createDirectory();
  expect(eraseInstallation(undefined)).toBe(true);
  expect(eraseInstallation(join(home, 'telemetry'))).toBe(true);
  writeFileSync(join(home, 'file'), '');
  expect(eraseInstallation(join(home, 'file'))).toBe(true);
  expect(readdirSync(home)).toEqual(['file']);
});

it('says so when something could not be removed', () => {
  const directory = createDirectory();
  openInstallationSecret(directory);
  chmodSync(directory, 0o555);
  expect(withoutSpecialRights(() => eraseInstallation(directory))).toBe(false);
  expect(readdirSync(directory)).toEqual(['secret']);
  chmodSync(directory, 0o711);
  expect(withoutSpecialRights(() => eraseInstallation(directory))).toBe(false);
});

it('leaves the counters where they are', () => {
  const directory = createDirectory();
  openTestLog(directory).record(featureOf('export'));
  expect(eraseInstallation(directory)).toBe(true);
  expect(totalOf(directory, 'export')).toBe(1);
});
