import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PEERS } from '../../src/internal/index.js';
import { CHECKOUT, TSX } from './support/checkout.js';
import { createDrillProject, type DrillProject } from './support/drill-project.js';
import { runProgram } from './support/program.js';
import { createSandbox } from './support/sandbox.js';

const PACKAGES = [...PEERS.server, ...PEERS.otlp, '@opentelemetry/api'];

let project: DrillProject;
beforeAll(async () => {
  project = await createDrillProject(join(CHECKOUT, 'examples'), PACKAGES);
});
afterAll(() => project[Symbol.dispose]());

/** Run a check of the package over one of the examples, as a maker would over their own program. */
async function check(tool: readonly string[], example: string, ...args: readonly string[]) {
  using sandbox = await createSandbox();
  const sotto = join(project.folder, 'node_modules', 'sotto', 'dist', 'cli', 'program.js');
  const command = [process.execPath, '--import', TSX, join(project.folder, example), ...args];
  return await runProgram(process.execPath, [sotto, ...tool, '--app', 'acme', '--', ...command], {
    cwd: project.folder,
    env: sandbox.env,
  });
}

describe('sotto leaktest over our examples', () => {
  it.each([
    ['quickstart.ts', 0],
    ['session.ts', 0],
    ['track.ts', 0],
    // It ends by an error that nobody catches.
    ['errors-and-crashes.ts', 1],
    ['send-otlp.ts', 0],
    ['plain-javascript.mjs', 0],
  ])('finds nothing in what %s sends', async (example, exitCode) => {
    const tool = ['leaktest', '--exit-code', `${exitCode}`];
    const { status, stdout, stderr } = await check(tool, example);
    expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('ok telemetry-ran');
  });
});

describe('sotto conformance over our examples', () => {
  it('finds nothing wrong with ask-for-consent.ts', async () => {
    const { status, stdout } = await check(['conformance'], 'ask-for-consent.ts', 'build', 'one', 'two');
    expect(status, stdout).toBe(0);
    expect(stdout).toMatch(/\b0 failed/);
  }, 300_000);
});
