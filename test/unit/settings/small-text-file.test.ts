import { execFileSync } from 'node:child_process';
import { renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { readSmallTextFile } from '../../../src/settings/small-text-file.js';
import { createDirectory } from '../../support/directories.js';

/** What somebody does between the first look at a file and its opening. */
let swap: (() => void) | undefined;

vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>();
  const lstatSync = (...args: Parameters<typeof fs.lstatSync>) => {
    const stats = fs.lstatSync(...args);
    swap?.();
    swap = undefined;
    return stats;
  };
  return { ...fs, lstatSync };
});

it.skipIf(process.platform === 'win32')('does not wait for a pipe that takes the place of a file', () => {
  const path = join(createDirectory(), 'file');
  writeFileSync(path, 'A=1');
  execFileSync('mkfifo', [`${path}.pipe`]);
  swap = () => renameSync(`${path}.pipe`, path);
  expect(readSmallTextFile(path)).toEqual({ status: 'no_file' });
});

it.skipIf(process.platform === 'win32')('does not follow a link that takes the place of a file', () => {
  const path = join(createDirectory(), 'file');
  writeFileSync(path, 'A=1');
  writeFileSync(`${path}.other`, 'A=2');
  symlinkSync(`${path}.other`, `${path}.link`);
  swap = () => renameSync(`${path}.link`, path);
  expect(readSmallTextFile(path)).toEqual({ status: 'unreadable' });
});
