import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assertStarted, writeForward } from '../../../src/cli/open-browser.js';
import { createDirectory } from '../../support/directories.js';

describe('the file that leads to the page', () => {
  it('is for its user alone, and is gone when it is removed, twice too', () => {
    const directory = createDirectory();
    const { path, remove } = writeForward(directory, 'http://127.0.0.1:1/sign-in/"<x>&');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toContain('url=http://127.0.0.1:1/sign-in/&quot;&lt;x>&amp;"');
    remove();
    remove();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('takes the place of those that killed programs have left, and of nothing else', () => {
    const directory = createDirectory();
    const names = ['open-0a1b2c3d.html', 'open-0a1b2c3d.htm', 'open-someone.html', 'notes.html'];
    for (const name of names) {
      writeFileSync(join(directory, name), '');
      utimesSync(join(directory, name), 0, 0);
    }
    const recent = writeForward(directory, 'http://127.0.0.1:1/');
    const { path } = writeForward(directory, 'http://127.0.0.1:1/');
    expect(readdirSync(directory).sort()).toEqual(
      [...names.slice(1), ...[recent.path, path].map((file) => file.slice(directory.length + 1))].sort(),
    );
  });
});

describe('a program that was started to show something', () => {
  const run = (code: string) => spawn(process.execPath, ['--eval', code]);

  it.each([
    ['process.exit(4)', 'before', true],
    ['process.exit(4)', 'after', true],
    ["process.kill(process.pid, 'SIGKILL')", 'before', true],
    ['', 'before', false],
    ['', 'after', false],
  ])('that does %j, heard %s its end, has failed: %s', async (code, when, hasFailed) => {
    const child = run(code);
    if (when === 'after') await once(child, 'exit');
    const outcome = assertStarted(child);
    await (hasFailed
      ? expect(outcome).rejects.toThrow(/has failed/)
      : expect(outcome).resolves.toBeUndefined());
  });
});
