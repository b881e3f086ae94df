import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findAppRoot, type PackageJson, readFrameSources } from '../../../src/crash/index.js';
import { createDirectory } from '../../support/directories.js';

const reader = (packages: Readonly<Record<string, PackageJson>>) => (directory: string) =>
  packages[directory];

const SCRIPT = '/p/node_modules/acme/dist/cli.js';
const asIs = (path: string) => path;

describe('the root of the app', () => {
  it.each<readonly [what: string, packageJson: PackageJson]>([
    ['name', { name: 'acme' }],
    ['program', { name: 'acme-cli', bin: { acme: 'dist/cli.js' } }],
    ['program in a scope', { name: '@tools/acme', bin: { acme: './dist/cli.js' } }],
  ])('is the nearest package with its %s', (_what, packageJson) => {
    const read = reader({ '/p/node_modules/acme': packageJson, '/p': { name: 'diary' } });
    expect(findAppRoot('acme', SCRIPT, read, asIs)).toBe('/p/node_modules/acme');
  });

  it('may have its program behind a link', () => {
    const read = reader({ '/p/node_modules/acme': { name: 'acme-cli', bin: { acme: 'bin/acme' } } });
    const followed = (path: string) => (path === '/p/node_modules/acme/bin/acme' ? SCRIPT : undefined);
    expect(findAppRoot('acme', SCRIPT, read, followed)).toBe('/p/node_modules/acme');
  });

  it('is found above a package that only says of what kind its modules are', () => {
    const read = reader({ '/a/dist': {}, '/a': { name: 'acme' } });
    expect(findAppRoot('acme', '/a/dist/esm/cli.js', read, asIs)).toBe('/a');
  });

  it.each<readonly [what: string, packageJson: PackageJson]>([
    ['another name', { name: 'diary' }],
    ['a name that ends alike', { name: 'my-acme' }],
    ['its name in a scope, which anybody can have', { name: '@ada/acme' }],
    ['another script as its program', { name: 'diary', bin: { acme: 'bin/acme.js' } }],
    ['a program that is none', { name: 'diary', bin: { acme: { ada: true } } }],
    ['a single program without a name', { name: 'diary', bin: 'cli.js' }],
    ['a program by inheritance', { name: 'diary', bin: Object.create({ acme: 'x.js' }) as object }],
    ['a name that is none', { name: { acme: true } }],
  ])('is no package with %s, nor one further up', (_what, packageJson) => {
    const read = reader({ '/home/ada/diary': packageJson, '/home/ada': { name: 'acme' } });
    expect(findAppRoot('acme', '/home/ada/diary/x.js', read, asIs)).toBeUndefined();
  });

  it('is nowhere when there is no package at all', () => {
    expect(findAppRoot('acme', '/a/b/c.js', () => undefined, asIs)).toBeUndefined();
  });
});

describe('the sources of this process', () => {
  function runScript(path: string): void {
    const [, script] = process.argv;
    process.argv[1] = path;
    onTestFinished(() => {
      process.argv[1] = script ?? '';
    });
  }

  function plant(directory: string, files: Readonly<Record<string, string>>): void {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, name)), { recursive: true });
      writeFileSync(join(directory, name), content);
    }
  }

  it('know the app by the script that runs, also through a link', () => {
    const directory = createDirectory();
    plant(directory, { 'acme/package.json': '{"name":"acme"}', 'acme/dist/cli.js': '', 'bin/.keep': '' });
    symlinkSync(join(directory, 'acme/dist/cli.js'), join(directory, 'bin/acme'));
    runScript(join(directory, 'bin/acme'));
    expect(readFrameSources('acme').appRoot).toBe(join(directory, 'acme'));
    expect(readFrameSources('other').appRoot).toBeUndefined();
  });

  it('know the app by its program, also in a package of another name', () => {
    const directory = createDirectory();
    plant(directory, {
      'package.json': '{"name":"@tools/cli","bin":{"acme":"dist/cli.js"}}',
      'dist/cli.js': '',
      'dist/other.js': '',
    });
    runScript(join(directory, 'dist/cli.js'));
    expect(readFrameSources('acme').appRoot).toBe(directory);
    runScript(join(directory, 'dist/other.js'));
    expect(readFrameSources('acme').appRoot).toBeUndefined();
  });

  it('take the word of the maker', () => {
    const directory = createDirectory();
    expect(readFrameSources('acme', directory).appRoot).toBe(directory);
    expect(readFrameSources('acme', join(directory, 'missing')).appRoot).toBeUndefined();
  });

  it('know no app where nothing on disk runs', () => {
    for (const script of ['', '-', '/missing/x.js']) {
      runScript(script);
      expect(readFrameSources('acme').appRoot).toBeUndefined();
    }
  });
});
