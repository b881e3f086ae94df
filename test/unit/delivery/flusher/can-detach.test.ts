import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canDetach, type Runtime } from '../../../../src/delivery/flusher/can-detach.js';
import { createDirectory } from '../../../support/directories.js';

const NODE: Runtime = {
  execPath: '/usr/bin/node',
  versions: { node: '20.20.2', v8: '11.3' },
  isSingleFile: () => false,
  mayStartProcess: () => true,
  isFile: () => true,
};
const SCRIPT = '/app/node_modules/sotto/dist/sotto-flusher.js';

const fail = () => {
  throw new Error('ERR_ACCESS_DENIED');
};

describe('a process of its own', () => {
  it.each([
    '/usr/bin/node',
    '/usr/bin/nodejs',
    '/usr/bin/node20',
    '/usr/bin/node-20.20',
    'C:\\Program Files\\nodejs\\node.exe',
    'C:\\nodejs\\Node22.EXE',
  ])('is possible under %s', (execPath) => {
    expect(canDetach(SCRIPT, { ...NODE, execPath })).toBe(true);
  });

  it.each([
    '/usr/bin/bun',
    '/usr/bin/deno',
    '/opt/acme/acme',
    '/opt/acme/node-acme',
    '/opt/node/acme.exe',
    '/opt/acme/nodemon',
    '',
  ])('is not possible under %j', (execPath) => {
    expect(canDetach(SCRIPT, { ...NODE, execPath })).toBe(false);
  });

  it.each(['electron', 'nw', 'bun', 'deno', 'webcontainer', 'pnp'])('is not possible under %s', (part) => {
    expect(canDetach(SCRIPT, { ...NODE, versions: { ...NODE.versions, [part]: '1.0.0' } })).toBe(false);
  });

  it.each<[string, Partial<Runtime>]>([
    ['where the program and Node are one file', { isSingleFile: () => true }],
    ['where no process may be started', { mayStartProcess: () => false }],
    ['without the script', { isFile: () => false }],
    ['where one file or two cannot be found out', { isSingleFile: fail }],
    ['where the permission cannot be found out', { mayStartProcess: fail }],
    ['where the script cannot be looked at', { isFile: fail }],
  ])('is not possible %s', (_, facts) => {
    expect(canDetach(SCRIPT, { ...NODE, ...facts })).toBe(false);
  });

  it.each([
    ['/opt/acme/resources/app.asar/node_modules/sotto/dist/sotto-flusher.js', false],
    ['/opt/acme/resources/app.asar.unpacked/node_modules/sotto/dist/sotto-flusher.js', true],
    ['/snapshot/acme/node_modules/sotto/dist/sotto-flusher.js', false],
    ['C:\\snapshot\\acme\\node_modules\\sotto\\dist\\sotto-flusher.js', false],
    ['/home/jane/snapshot/node_modules/sotto/dist/sotto-flusher.js', true],
    ['/home/jane/.yarn/cache/sotto.zip/node_modules/sotto/dist/sotto-flusher.js', false],
  ])('from %s: %s', (script, expected) => {
    expect(canDetach(script, NODE)).toBe(expected);
  });
});

it('is possible from here, for a file that exists', () => {
  const directory = createDirectory();
  const script = join(directory, 'script.js');
  expect(canDetach(script)).toBe(false);
  writeFileSync(script, '');
  expect(canDetach(script)).toBe(true);
  mkdirSync(join(directory, 'folder.js'));
  expect(canDetach(join(directory, 'folder.js'))).toBe(false);
});
