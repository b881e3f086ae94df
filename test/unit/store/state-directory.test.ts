import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { resolveStateDirectory } from '../../../src/store/index.js';
import { createDirectory } from '../../support/directories.js';

/** Set `HOME` for one test; undefined removes it. */
function setHome(home: string | undefined): void {
  const before = process.env.HOME;
  const put = (value: string | undefined) => {
    if (value === undefined) delete process.env.HOME;
    else process.env.HOME = value;
  };
  onTestFinished(() => put(before));
  put(home);
}

it('is what the settings say', () => {
  expect(resolveStateDirectory('acme', '/srv/state')).toBe('/srv/state');
});

it('is a folder of its own in the data directory of the app', () => {
  const directory = resolveStateDirectory('acme', undefined, {});
  expect(directory).toMatch(/[\\/]acme[\\/](Data[\\/])?telemetry$/);
  expect(isAbsolute(directory ?? '')).toBe(true);
});

it.runIf(process.platform === 'linux')('follows the home of the user', () => {
  const home = createDirectory();
  setHome(home);
  expect(resolveStateDirectory('acme', undefined, {})).toBe(join(home, '.local/share/acme/telemetry'));
  expect(readdirSync(home)).toEqual([]);
});

it.runIf(process.platform === 'linux')('is none when the home is nowhere', () => {
  setHome('');
  expect(resolveStateDirectory('acme', undefined, {})).toBeUndefined();
});

it.runIf(process.getuid?.() === 0)('is none, and no error, for a user who has no home', () => {
  setHome(undefined);
  process.seteuid?.(54_321);
  onTestFinished(() => process.seteuid?.(0));
  expect(() => homedir()).toThrow();
  expect(resolveStateDirectory('acme', undefined, {})).toBeUndefined();
});
