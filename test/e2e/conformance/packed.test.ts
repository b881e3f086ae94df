import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../../src/testing/index.js';
import { CHECKOUT } from '../support/checkout.js';
import { createDrillProject, type DrillProject } from '../support/drill-project.js';
import { runProgram, startProgram } from '../support/program.js';

let project: DrillProject;
let temporary = '';

beforeAll(async () => {
  project = await createDrillProject(join(CHECKOUT, 'test', 'e2e', 'conformance', 'programs'));
  temporary = join(project.folder, 'temporary');
  mkdirSync(temporary);
}, 240_000);
afterAll(() => project[Symbol.dispose]());

const SOTTO = join('node_modules', 'sotto', 'dist', 'cli', 'program.js');

const commandLine = (...args: readonly string[]) => [SOTTO, 'conformance', '--app', 'acme', ...args];
const where = () => ({
  cwd: project.folder,
  env: { PATH: process.env.PATH, HOME: project.folder, TMPDIR: temporary },
});
const conform = (...args: readonly string[]) => runProgram(process.execPath, commandLine(...args), where());

const failures = (report: Report) => report.results.filter(({ outcome }) => outcome.status === 'failed');

describe('`sotto conformance`, as it is installed', () => {
  it('passes a tool that uses Sotto, in every scene', async () => {
    const files = ['--junit', 'conformance.xml', '--sarif', 'conformance.sarif'];
    const { status, stdout, stderr } = await conform('--json', ...files, '--', 'node', 'acme.mjs');
    expect({ stderr, failures: failures(JSON.parse(stdout) as Report) }).toEqual({
      stderr: '',
      failures: [],
    });
    expect(status).toBe(0);
    expect(readFileSync(join(project.folder, 'conformance.xml'), 'utf8')).toContain('failures="0"');
    expect(readFileSync(join(project.folder, 'conformance.sarif'), 'utf8')).toContain('2.1.0');
    expect(readdirSync(temporary)).toEqual([]);
  });

  it.each([['--version'], ['catalog', '--app', 'acme']])(
    'passes `sotto %s`, which sends nothing',
    async (...args) => {
      const scenes =
        'do-not-track,nobody-asked,server-answers,server-black-hole,read-only-home,stdout-closed,json';
      const { stdout, status } = await conform(
        '--expect-nothing',
        '--only',
        scenes,
        '--',
        'node',
        SOTTO,
        ...args,
      );
      expect(stdout).toMatch(/ passed, 0 failed, /);
      expect(status).toBe(0);
    },
  );

  it('fails where something cannot be checked, if it is told to be strict', async () => {
    const only = ['--only', 'server-answers', '--expect-nothing'];
    expect((await conform(...only, '--', 'node', SOTTO, '--version')).status).toBe(0);
    const { status, stdout } = await conform(...only, '--strict', '--', 'node', SOTTO, '--version');
    expect(stdout).toContain('Not checked: The command is expected to send nothing.');
    expect(status).toBe(1);
  });

  it('tells what is wrong, and what to do about it', async () => {
    const script = 'if (!process.env.DISABLE_TELEMETRY) console.log("Thank you!")';
    const { stdout, status } = await conform('--only', 'do-not-track', '--', 'node', '--eval', script);
    expect(stdout).toContain('same-output (do-not-track)');
    expect(stdout).toContain('Print nothing about telemetry on standard output');
    expect(status).toBe(1);
  });

  it.each([
    ['no command', []],
    ['a command that is not there', ['--', 'no-such-program']],
    ['a command that fails by itself', ['--', 'node', 'nowhere.mjs']],
    ['a scene that there is not', ['--only', 'nowhere', '--', 'node', 'acme.mjs']],
    ['a budget that is no number', ['--budget-ms', 'soon', '--', 'node', 'acme.mjs']],
  ])('does not begin with %s', async (_, args) => {
    const { status, stdout, stderr } = await conform(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).not.toBe('');
  });

  it('leaves nothing when it is interrupted', async () => {
    // The program prints nothing before its end, so a machine of its is what shows that it runs.
    const program = startProgram(
      process.execPath,
      commandLine('--', 'node', '--eval', 'setTimeout(() => {}, 20_000)'),
      where(),
    );
    while (!readdirSync(temporary).some((name) => name.startsWith('sotto-notes-')))
      await new Promise((resolve) => setImmediate(resolve));
    program.interrupt();
    expect((await program.outcome).status).toBe(130);
    expect(readdirSync(temporary)).toEqual([]);
  });
});
