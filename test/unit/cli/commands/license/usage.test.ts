import { describe, expect, it } from 'vitest';
import { LICENSE_COMMANDS } from '../../../../../src/cli/commands/license/index.js';
import { createDirectory } from '../../../../support/directories.js';
import { filesIn } from '../../support.js';
import { run } from '../run-service-command.js';

const CREATE = ['create', '--customer', 'acme'];

describe('the commands about licences', () => {
  it.each([
    ['a command', []],
    ['whose licence it is', ['create']],
    ['days to come', [...CREATE, '--expires-days', '0']],
    ['a number of teams', [...CREATE, '--max-teams', 'many']],
    ['a number of runs', [...CREATE, '--max-runs-per-month', '-1']],
    ['names of features', [...CREATE, '--features', 'sso,,']],
    ['which licence to revoke', ['revoke']],
    ['which licence to show', ['show']],
  ])('end with 2 and a hint without %s, and make nothing', async (_, args) => {
    const directory = createDirectory();
    const { status, stdout, stderr } = await run(['license', ...args], { SOTTO_DATA_DIR: directory });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/sotto license|--expires-days|--max-|--features|argument/);
    expect(filesIn(directory)).toEqual([]);
  });

  it.each([40, 80])('are all listed and explained on %i columns', async (columns) => {
    const listed = await run(['license', '--help'], {}, columns);
    expect(listed).toMatchObject({ status: 0, stderr: '' });
    for (const { name } of LICENSE_COMMANDS) {
      expect(listed.stdout).toContain(name);
      const { status, stdout } = await run([...name.split(' '), '--help'], {}, columns);
      expect(status).toBe(0);
      expect(stdout).toMatch(new RegExp(`^Usage: sotto ${name} \\[options\\]`));
    }
  });
});
