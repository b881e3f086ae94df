import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeDirectory } from '../../../../src/internal/index.js';
import { createDirectory } from '../../../support/directories.js';

const modeOf = (path: string) => statSync(path).mode & 0o777;

it('makes every level that is missing, for the user only', () => {
  const directory = createDirectory();
  const levels = [join(directory, 'a'), join(directory, 'a', 'b'), join(directory, 'a', 'b', 'c')];
  makeDirectory(levels[2]!);
  expect(levels.map(modeOf)).toEqual(
    process.platform === 'win32' ? [0o666, 0o666, 0o666] : [0o700, 0o700, 0o700],
  );
});

it('leaves a directory as it is, also one that a link leads to', () => {
  const directory = createDirectory();
  mkdirSync(join(directory, 'open'));
  const before = modeOf(join(directory, 'open'));
  symlinkSync(join(directory, 'open'), join(directory, 'link'));
  makeDirectory(join(directory, 'link'));
  makeDirectory(join(directory, 'open'));
  makeDirectory('/');
  makeDirectory('.');
  expect(modeOf(join(directory, 'open'))).toBe(before);
});

it.each([
  ['a file', (path: string) => writeFileSync(path, '')],
  ['a link that leads nowhere', (path: string) => symlinkSync('/none', path)],
  ['a link to itself', (path: string) => symlinkSync(path, path)],
])('throws where %s stands in the way', (_what, create) => {
  const path = join(createDirectory(), 'x');
  create(path);
  expect(() => makeDirectory(path)).toThrow();
  expect(() => makeDirectory(join(path, 'below'))).toThrow();
});

// In a process of its own: a call that never returns would take the whole run with it.
it.runIf(process.platform === 'linux').each(['/proc/self/fd/sotto/a', '/dev/fd/sotto/a/b'])(
  'throws for %s',
  (path) => {
    const module = join(import.meta.dirname, '../../../../src/internal/files/make-directory.ts');
    const program = `import { makeDirectory } from ${JSON.stringify(module)};
    try { makeDirectory(${JSON.stringify(path)}) } catch (error) { console.log(error.code) }`;
    const output = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      timeout: 10_000,
      encoding: 'utf8',
    });
    expect(output.trim()).toBe('ENOENT');
  },
);
