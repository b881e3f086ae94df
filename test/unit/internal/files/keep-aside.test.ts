import { linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { keepAside } from '../../../../src/internal/files/keep-aside.js';
import { openInstallationSecret } from '../../../../src/store/index.js';
import { createDirectory } from '../../../support/directories.js';

/** A file with this content in a new directory, and the names that others gave to it. */
function createFile(content: string, ...names: string[]) {
  const directory = createDirectory();
  const path = join(directory, 'secret');
  writeFileSync(path, content);
  for (const name of names) linkSync(path, join(directory, name));
  return { directory, path };
}

function letSecondsPass(seconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1_000 });
  onTestFinished(() => void vi.useRealTimers());
}

it('gives a file a second name', () => {
  const { path } = createFile('broken');
  const aside = keepAside(path);
  expect(aside).toBe(`${path}.broken-1`);
  expect(readFileSync(aside ?? '', 'utf8')).toBe('broken');
});

it('takes the first name that is free', () => {
  const { path } = createFile('broken');
  writeFileSync(`${path}.broken-1`, 'an earlier one');
  expect(keepAside(path)).toBe(`${path}.broken-2`);
  expect(readFileSync(`${path}.broken-1`, 'utf8')).toBe('an earlier one');
});

it('lets one process at a time replace a file', () => {
  const { directory, path } = createFile('broken');
  expect(keepAside(path)).toBeDefined();
  expect(keepAside(path)).toBeUndefined();
  expect(readdirSync(directory)).toHaveLength(2);
});

it('lets another one when the first was killed on the way', () => {
  const { path } = createFile('broken', 'secret.broken-1');
  letSecondsPass(2);
  expect(keepAside(path)).toBe(`${path}.broken-1`);
});

it('keeps nine and no more', () => {
  const { path } = createFile('broken');
  for (let attempt = 1; attempt <= 9; attempt += 1) writeFileSync(`${path}.broken-${attempt}`, '');
  expect(() => keepAside(path)).toThrow('Nine broken files are kept aside, and no more.');
});

it('refuses a folder', () => {
  const path = join(createDirectory(), 'secret');
  mkdirSync(path);
  expect(() => keepAside(path)).toThrow();
});

it('a secret that another process is about to replace is not replaced by us, and waited for only so long', () => {
  const { directory, path } = createFile('broken', 'secret.broken-1');
  expect(openInstallationSecret(directory)).toHaveLength(32);
  expect(readFileSync(path, 'utf8')).toBe('broken');
});

it('a secret whose replacing process was killed is replaced by us', () => {
  const { directory, path } = createFile('broken', 'secret.broken-1');
  letSecondsPass(2);
  const secret = openInstallationSecret(directory);
  expect(new Uint8Array(readFileSync(path))).toEqual(secret);
  expect(readFileSync(`${path}.broken-1`, 'utf8')).toBe('broken');
  expect(readdirSync(directory)).toHaveLength(2);
});
