import { describe, expect, it } from 'vitest';
import { ORG_COMMANDS } from '../../../../../src/cli/commands/org/index.js';
import { createDirectory } from '../../../../support/directories.js';
import { filesIn, run as runInApp } from '../../support.js';
import { run } from '../run-service-command.js';

describe('the operator’s commands', () => {
  it.each([
    ['org', []],
    ['who is to be stopped', ['disable']],
    ['one of two', ['disable', '--all', '--org', 'acme']],
    ['who is to be allowed', ['enable']],
    ['that everybody is meant', ['resume']],
    ['whose token it is', ['token', 'create']],
    ['a scope that there is', ['token', 'create', '--org', 'acme', '--scope', 'owner']],
    ['days that can be counted', ['token', 'create', '--org', 'acme', '--expires-days', '1.5']],
    ['days to come', ['token', 'create', '--org', 'acme', '--expires-days', '0']],
    ['which token', ['token', 'revoke']],
    ['a command', ['remove', '--all']],
  ])('end with 2 and a hint without %s, and make nothing', async (_, args) => {
    const directory = createDirectory();
    const { status, stdout, stderr } = await run(['org', ...args], { SOTTO_DATA_DIR: directory });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/sotto org|--scope|--expires-days|argument|unknown command/);
    expect(filesIn(directory)).toEqual([]);
  });

  it('do not repeat a variable that cannot be used', async () => {
    const { status, stderr } = await run(['org', 'status'], { DATABASE_URL: 'mysql://hunter2' });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'DATABASE_URL must be an address such as postgresql://user@host/database.\n',
    });
  });

  it.each([40, 80])('are all listed and explained on %i columns', async (columns) => {
    const listed = await run(['org', '--help'], {}, columns);
    expect(listed).toMatchObject({ status: 0, stderr: '' });
    for (const { name } of ORG_COMMANDS) {
      expect(listed.stdout).toContain(name);
      const { status, stdout } = await run([...name.split(' '), '--help'], {}, columns);
      expect(status).toBe(0);
      expect(stdout).toMatch(new RegExp(`^Usage: sotto ${name} \\[options\\]`));
      expect(stdout).not.toContain('--app');
    }
  });

  it('are not among those of an app', async () => {
    const { status, stdout, stderr } = await runInApp(createDirectory(), ['org', 'disable', '--all']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain("unknown command 'org'");
  });
});
