import { describe, expect, it } from 'vitest';
import { COLLECTOR_COMMANDS } from '../../../../../src/cli/commands/collector/index.js';
import { createDirectory } from '../../../../support/directories.js';
import { filesIn } from '../../support.js';
import { run } from '../run-service-command.js';

const VENDOR = { VENDOR_SERVICE_URL: 'https://vendor.example', VENDOR_LICENSE_KEY: 'a-key-that-is-secret' };

describe('the commands of a collector', () => {
  it.each([
    ['an address and a key of the vendor', ['preview'], {}],
    ['a key of the vendor', ['--once'], { VENDOR_SERVICE_URL: 'https://vendor.example' }],
    ['an address that is private', ['preview'], { ...VENDOR, VENDOR_SERVICE_URL: 'http://vendor.example' }],
    ['a day', ['correct'], VENDOR],
    ['a role', ['grants'], VENDOR],
    ['one way to run', ['--once', '--port', '8000'], VENDOR],
    ['a command that there is', ['prevew'], VENDOR],
  ])('end with 2 and a hint without %s, and make nothing', async (_, args, env: Record<string, string>) => {
    const directory = createDirectory();
    const { status, stdout, stderr } = await run(['collector', ...args], {
      SOTTO_DATA_DIR: directory,
      ...env,
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/VENDOR_|argument|--role|--once/);
    expect(stderr).not.toContain('secret');
    expect(filesIn(directory)).toEqual([]);
  });

  it.each([40, 80])('are all listed and explained on %i columns', async (columns) => {
    const listed = await run(['--help'], {}, columns);
    for (const { name } of COLLECTOR_COMMANDS) {
      expect(listed.stdout).toContain(`  ${name}`);
      const { status, stdout } = await run([...name.split(' '), '--help'], {}, columns);
      expect(status).toBe(0);
      expect(stdout).toMatch(new RegExp(`^Usage: sotto ${name} \\[options\\]`));
    }
  });

  it.each([['--once'], ['--port', '8000'], ['--host', '127.0.0.1']])(
    'do not take %s from the collector itself',
    async (...typed) => {
      const { status, stderr } = await run(['collector', 'grants', '--role', 'telemetry', ...typed]);
      expect(status).toBe(2);
      expect(stderr).toContain(`unknown option '${typed[0]}'`);
    },
  );

  it('list no options that are about apps', async () => {
    for (const { name } of COLLECTOR_COMMANDS) {
      const { stdout } = await run([...name.split(' '), '--help']);
      expect(stdout).not.toMatch(/--app|--events|--config-dir|Global/);
    }
  });

  it('print the rights of a role as statements for psql, whatever its name is', async () => {
    const { status, stdout, stderr } = await run(['collector', 'grants', '--role', 'tele"metry']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    for (const line of lines) expect(line).toMatch(/^(?:GRANT|REVOKE) .* (?:TO|FROM) "tele""metry";$/);
    expect(stdout).toContain('GRANT SELECT (org_id, team_node_id, started_at,');
  });
});
