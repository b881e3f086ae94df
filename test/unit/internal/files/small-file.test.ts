import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readSmallFile } from '../../../../src/internal/files/small-file.js';
import { createDirectory, withoutSpecialRights } from '../../../support/directories.js';

const MAX_BYTES = 8;

it.each([
  ['a file', 'found', (path: string) => writeFileSync(path, 'content')],
  ['an empty file', 'found', (path: string) => writeFileSync(path, '')],
  ['a file of the largest size', 'found', (path: string) => writeFileSync(path, '12345678')],
  ['a file that is too large', 'unfit', (path: string) => writeFileSync(path, '123456789')],
  ['nothing', 'absent', () => {}],
  ['a folder', 'unfit', (path: string) => mkdirSync(path)],
  ['a link to a file', 'unfit', (path: string) => symlinkSync(createTarget(path), path)],
  ['a link to nothing', 'unfit', (path: string) => symlinkSync(`${path}-nothing`, path)],
  ['a pipe that nobody writes to', 'unfit', (path: string) => execFileSync('mkfifo', [path])],
] as const)('tells of %s: %s', (_, status, create) => {
  const path = join(createDirectory(), 'file');
  create(path);
  expect(readSmallFile(path, MAX_BYTES).status).toBe(status);
});

it('reads the bytes', () => {
  const path = join(createDirectory(), 'file');
  writeFileSync(path, Uint8Array.of(0, 255, 128));
  expect(readSmallFile(path, MAX_BYTES)).toMatchObject({
    status: 'found',
    bytes: Uint8Array.of(0, 255, 128),
  });
});

it('tells whose file it is, and who may read it', () => {
  const path = join(createDirectory(), 'file');
  writeFileSync(path, '');
  chmodSync(path, 0o640);
  const { uid, mode } = statSync(path);
  expect(readSmallFile(path, MAX_BYTES)).toMatchObject({ uid, mode });
});

it('reads a file that is larger than one piece', () => {
  const path = join(createDirectory(), 'file');
  const bytes = new Uint8Array(200_000).map((_, index) => index % 251);
  writeFileSync(path, bytes);
  const file = readSmallFile(path, 200_000);
  expect(file.status === 'found' && Buffer.from(bytes).equals(file.bytes)).toBe(true);
  expect(readSmallFile(path, 199_999)).toEqual({ status: 'unfit' });
});

it.runIf(process.platform === 'linux')('does not trust a size of 0', () => {
  expect(readSmallFile('/proc/self/environ', 8)).toEqual({ status: 'unfit' });
  expect(readSmallFile('/proc/self/comm', 64)).toMatchObject({ status: 'found' });
});

it('tells of a file that may not be read', () => {
  const directory = createDirectory();
  const path = join(directory, 'file');
  writeFileSync(path, 'content');
  chmodSync(directory, 0o755);
  chmodSync(path, 0o200);
  expect(withoutSpecialRights(() => readSmallFile(path, MAX_BYTES).status)).toBe('unreadable');
});

it('finds nothing below a file', () => {
  const path = createTarget(join(createDirectory(), 'file'));
  expect(readSmallFile(join(path, 'below'), MAX_BYTES).status).toBe('absent');
});

function createTarget(path: string): string {
  const target = `${path}-target`;
  writeFileSync(target, 'target');
  return target;
}
