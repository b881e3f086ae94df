import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createVersionReader, readPackageJson } from '../../../src/crash/index.js';
import { createDirectory } from '../../support/directories.js';

describe('the version of a package', () => {
  it.each([
    ['1.2.3', '1.2.3'],
    ['', ''],
    [1, undefined],
    [undefined, undefined],
  ])('of %j is %j', (version, told) => {
    expect(createVersionReader(() => ({ name: 'p', version }))('/node_modules/p')).toBe(told);
  });

  it.each([
    ['private', '/node_modules/p', { name: 'p', private: true }],
    ['of another name', '/node_modules/p', { name: 'adas-plans' }],
    ['without a name', '/node_modules/p', {}],
    ['in a scope that its folder has not', '/node_modules/p', { name: '@ada/p' }],
    ['in no folder for packages', '/home/ada/p', { name: 'p' }],
  ])("is nobody's business when the package is %s", (_what, directory, found) => {
    expect(createVersionReader(() => ({ ...found, version: '1.2.3' }))(directory)).toBeUndefined();
  });

  it('is known of a package in a scope', () => {
    const versionOf = createVersionReader(() => ({ name: '@scope/p', version: '1.2.3', private: false }));
    expect(versionOf('/a/node_modules/@scope/p')).toBe('1.2.3');
  });

  it('is not looked for below a relative path', () => {
    const asked: string[] = [];
    expect(
      createVersionReader((directory) => void asked.push(directory))('a/node_modules/p'),
    ).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('is read once, also where there is none', () => {
    const asked: string[] = [];
    const versionOf = createVersionReader((directory) => {
      asked.push(directory);
      return directory.startsWith('/a/') ? { name: 'p', version: '1.2.3' } : undefined;
    });
    const directories = ['/a/node_modules/p', '/b/node_modules/p'];
    expect([...directories, ...directories].map(versionOf)).toEqual(['1.2.3', undefined, '1.2.3', undefined]);
    expect(asked).toEqual(directories);
  });
});

describe('a package.json', () => {
  const withFile = (content: string): string => {
    const directory = createDirectory();
    writeFileSync(join(directory, 'package.json'), content);
    return directory;
  };

  it('is read from its folder', () => {
    expect(readPackageJson(withFile('{"name":"acme","version":"1.2.3"}'))).toMatchObject({
      version: '1.2.3',
    });
  });

  it.each(['', '{', 'null', '"acme"', `{"name":"${'x'.repeat(65_536)}"}`])(
    'is none when it holds %.20j',
    (content) => {
      expect(readPackageJson(withFile(content))).toBeUndefined();
    },
  );

  it('is none when it is a folder, a link, or not there', () => {
    const directory = createDirectory();
    expect(readPackageJson(directory)).toBeUndefined();
    mkdirSync(join(directory, 'package.json'));
    expect(readPackageJson(directory)).toBeUndefined();
    const linked = createDirectory();
    symlinkSync('/dev/zero', join(linked, 'package.json'));
    expect(readPackageJson(linked)).toBeUndefined();
  });
});
