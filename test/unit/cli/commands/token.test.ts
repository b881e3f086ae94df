import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../../support/directories.js';
import { filesIn, run } from '../support.js';

const NAME = 'local-api-token';

describe('token', () => {
  it('prints the token and nothing else, the same every time', async () => {
    const directory = createDirectory();
    const { status, stdout, stderr } = await run(directory, ['token']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^[A-Za-z0-9_-]{43}\n$/);
    expect(readFileSync(join(directory, NAME), 'utf8')).toBe(stdout.trim());
    expect(statSync(join(directory, NAME)).mode & 0o777).toBe(0o600);
    expect((await run(directory, ['token'])).stdout).toBe(stdout);
    expect(filesIn(directory)).toEqual([NAME]);
  });

  it('makes another one with --new', async () => {
    const directory = createDirectory();
    const [before, after, last] = [
      await run(directory, ['token']),
      await run(directory, ['token', '--new']),
      await run(directory, ['token']),
    ];
    expect(after.stdout).toMatch(/^[A-Za-z0-9_-]{43}\n$/);
    expect(after.stdout).not.toBe(before.stdout);
    expect(last.stdout).toBe(after.stdout);
  });

  it('does not go with a no', async () => {
    const directory = createDirectory();
    const { stdout } = await run(directory, ['token']);
    await run(directory, ['disable']);
    expect((await run(directory, ['token'])).stdout).toBe(stdout);
  });

  it('ends with 1 and one sentence where it cannot be kept', async () => {
    const directory = createDirectory();
    mkdirSync(join(directory, NAME));
    const { status, stdout, stderr } = await run(directory, ['token']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^The token of the local API was not made: [^\n]+\n$/);
  });
});
