import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CHECKOUT } from '../support/checkout.js';
import { createDrillProject, type DrillProject } from '../support/drill-project.js';
import { runProgram, startProgram } from '../support/program.js';

const PROGRAMS = join(CHECKOUT, 'test', 'e2e', 'leaktest', 'programs');

let project: DrillProject;
beforeAll(async () => {
  project = await createDrillProject(PROGRAMS);
}, 300_000);
afterAll(() => project[Symbol.dispose]());

/** Where everything that is thrown away stands while it is needed. */
let scratch = '';
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'sotto-leaktest-'));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

const sottoPath = () => join(project.folder, 'node_modules', 'sotto', 'dist', 'cli', 'program.js');

const where = () => ({
  cwd: project.folder,
  env: { PATH: process.env.PATH, HOME: scratch, TMPDIR: scratch, LANG: 'C.UTF-8' },
});
const sotto = (...args: readonly string[]) => runProgram(process.execPath, [sottoPath(), ...args], where());

const canSeal = process.platform === 'linux' && process.getuid?.() === 0;
const leftOver = () => readdirSync(scratch).filter((name) => name.startsWith('sotto-'));

describe('sotto leaktest', () => {
  it('passes a program that uses the package, and writes what CI systems read', async () => {
    const files = [join(scratch, 'leaks.xml'), join(scratch, 'leaks.sarif')] as const;
    const reports = ['--junit', files[0], '--sarif', files[1]];
    const { status, stdout, stderr } = await sotto(
      ...['leaktest', '--app', 'acme', ...reports, '--', 'node', 'quickstart.mjs', '{canary}'],
    );

    expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: '' });
    if (canSeal) expect(stdout).toMatch(/10 passed, 0 failed, 0 not checked\.\n$/);
    expect(stdout).toContain('✓ telemetry-ran');
    expect(readFileSync(files[0], 'utf8')).toMatch(
      /<testsuite name="sotto leaktest" tests="10" failures="0"/,
    );
    expect(JSON.parse(readFileSync(files[1], 'utf8'))).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [] }],
    });
    expect(leftOver()).toEqual([]);
  });

  it('passes the program of the package itself, whose options stand behind two hyphens', async () => {
    const { status, stdout } = await sotto(
      ...['leaktest', '--app', 'acme', '--expect-nothing', '--', 'node', sottoPath()],
      ...['--app', 'acme', 'status', '--json'],
    );

    expect(status, stdout).toBe(0);
    expect(stdout).toContain('✓ outgoing-bytes');
  });

  it('fails a program that gives its user away, and says where', async () => {
    const args = ['leaktest', '--app', 'acme', '--', 'node', 'planted.mjs', 'user in a header'];
    const { status, stdout } = await sotto(...args);

    expect(status).toBe(1);
    expect(stdout).toMatch(/✗ headers .*\n +The canary “user” is in the header x-user of POST .*: plain/);
    expect(stdout).toContain('– seeded-arguments');
  });

  it('prints JSON alone when it is asked to', async () => {
    const args = [
      'leaktest',
      '--app',
      'acme',
      '--json',
      '--',
      'node',
      'planted.mjs',
      'argument in hex',
      '{canary}',
    ];
    const { status, stdout } = await sotto(...args);
    const { tool, results } = JSON.parse(stdout);

    expect({ status, tool }).toEqual({ status: 1, tool: 'leaktest' });
    expect(results).toContainEqual(
      expect.objectContaining({
        check: 'outgoing-bytes',
        outcome: expect.objectContaining({ status: 'failed' }),
      }),
    );
  });

  it.each([
    ['no app', ['leaktest', '--', 'node', 'quickstart.mjs'], /--app acme/],
    ['no command', ['leaktest', '--app', 'acme'], /-- node/],
    ['nothing behind the hyphens', ['leaktest', '--app', 'acme', '--'], /-- node/],
    [
      'a file that cannot be written',
      ['leaktest', '--app', 'acme', '--expect-nothing', '--junit', '/nowhere/x.xml', '--', 'true'],
      /--junit/,
    ],
  ])('ends with status 2 for %s', async (_, args, message) => {
    const { status, stderr } = await sotto(...args);

    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('ends everything at Ctrl-C, and leaves nothing behind', async () => {
    const ready = join(scratch, 'ready');
    const args = ['leaktest', '--app', 'acme', '--', 'node', 'hang.mjs', ready];
    await using program = startProgram(process.execPath, [sottoPath(), ...args], where());
    await vi.waitFor(() => expect(readFileSync(ready, 'utf8')).not.toBe(''), { timeout: 30_000 });
    const pid = Number(readFileSync(ready, 'utf8'));
    program.interrupt();

    expect((await program.outcome).status).toBe(130);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(leftOver()).toEqual([]);
    expect(existsSync(ready)).toBe(true);
  });
});
