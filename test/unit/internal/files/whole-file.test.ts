import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { proposeFile, replaceFile } from '../../../../src/internal/files/whole-file.js';
import {
  createDirectory,
  createReadOnlyDirectory,
  withoutSpecialRights,
} from '../../../support/directories.js';

describe.each([
  ['a proposed file', proposeFile],
  ['a replaced file', replaceFile],
])('%s', (_, write) => {
  it('is written, with its directory, for the user only', () => {
    const directory = join(createDirectory(), 'deep', 'down');
    write(join(directory, 'file'), 'content');
    expect(readFileSync(join(directory, 'file'), 'utf8')).toBe('content');
    expect(statSync(join(directory, 'file')).mode & 0o777).toBe(0o600);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });

  it('leaves a directory that exists as it is', () => {
    const directory = createDirectory();
    chmodSync(directory, 0o750);
    write(join(directory, 'file'), 'content');
    expect(statSync(directory).mode & 0o777).toBe(0o750);
    expect(readdirSync(directory)).toEqual(['file']);
  });

  it('leaves nothing behind when it fails', () => {
    const directory = createReadOnlyDirectory();
    expect(() => withoutSpecialRights(() => write(join(directory, 'file'), 'content'))).toThrow();
    expect(readdirSync(directory)).toEqual([]);
  });
});

it('replacing changes what is there, and never what a link leads to', () => {
  const directory = createDirectory();
  writeFileSync(join(directory, 'target'), 'target');
  symlinkSync(join(directory, 'target'), join(directory, 'file'));
  replaceFile(join(directory, 'file'), 'new');
  expect(readFileSync(join(directory, 'file'), 'utf8')).toBe('new');
  expect(readFileSync(join(directory, 'target'), 'utf8')).toBe('target');
});

it('replacing a folder fails and leaves nothing behind', () => {
  const directory = createDirectory();
  mkdirSync(join(directory, 'file'));
  expect(() => replaceFile(join(directory, 'file'), 'new')).toThrow();
  expect(readdirSync(directory)).toEqual(['file']);
});

it('proposing changes nothing that is there', () => {
  const directory = createDirectory();
  proposeFile(join(directory, 'file'), 'first');
  proposeFile(join(directory, 'file'), 'second');
  expect(readFileSync(join(directory, 'file'), 'utf8')).toBe('first');
  expect(readdirSync(directory)).toEqual(['file']);
});
