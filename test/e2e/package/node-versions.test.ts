import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PEERS } from '../../../src/internal/index.js';
import { CHECKOUT } from '../support/checkout.js';
import { installInto, installPackages, packPackage } from '../support/packed-package.js';
import { runProgram } from '../support/program.js';
import { createSandbox, type Sandbox } from '../support/sandbox.js';

const PROGRAMS = join(CHECKOUT, 'test', 'e2e', 'package', 'programs');

/** Node.js as the registry has it for this machine. */
const NODE_PACKAGE = `node-${process.platform}-${process.arch}`;

let sandbox: Sandbox;
let project: string;
let versions: string;

beforeAll(async () => {
  sandbox = await createSandbox();
  const { tarball } = await packPackage(sandbox.root);
  project = join(sandbox.root, 'project');
  versions = join(sandbox.root, 'versions');
  await installPackages(versions, [`node-22@npm:${NODE_PACKAGE}@22`, `node-24@npm:${NODE_PACKAGE}@24`]);
  await installInto(project, tarball, [...PEERS.server, ...PEERS.otlp]);
  for (const name of ['use-entries.mjs', 'require-entries.cjs', 'without-decorators.ts'])
    await cp(join(PROGRAMS, name), join(project, name));
}, 300_000);
afterAll(() => sandbox[Symbol.dispose]());

const fromRegistry = (name: string) => () => join(versions, 'node_modules', name, 'bin', 'node');

const NODES: readonly (readonly [version: string, pathOf: () => string])[] = [
  [process.version, () => process.execPath],
  ['v22', fromRegistry('node-22')],
  ['v24', fromRegistry('node-24')],
];

describe.each(NODES)('Node.js %s', (version, pathOf) => {
  /** On a machine of its own, where nothing has been recorded. */
  async function run(...args: string[]) {
    using machine = await createSandbox();
    return await runProgram(pathOf(), args, { cwd: project, env: machine.env });
  }

  it('is the one that is meant', async () => {
    const { stdout } = await run('--version');
    expect(stdout.trim().startsWith(version)).toBe(true);
  });

  it('imports every entry, sends with it, and says nothing about it', async () => {
    const { status, stdout, stderr } = await run('use-entries.mjs');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [used = '', why] = stdout.split('\n');
    expect(JSON.parse(used)).toEqual({
      ingested: { started: 1 },
      collected: ['/v1/logs application/x-protobuf'],
      tested: ['started'],
    });
    expect(why).toMatch(/^Telemetry is off: /);
  });

  it('gives every entry to require(), and no second copy of it', async () => {
    const { status, stdout, stderr } = await run('require-entries.cjs');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      ingested: { started: 1 },
      isSame: true,
      others: ['function', 'function', 'function'],
    });
  });

  it('runs the program `sotto`', async () => {
    const { status, stdout, stderr } = await run(
      join('node_modules', '.bin', 'sotto'),
      'why',
      '--app',
      'acme',
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('Telemetry is off: nobody has agreed to it.');
  });

  it.skipIf(version === process.version)('runs events without decorators as they are', async () => {
    expect(await run('without-decorators.ts')).toEqual({
      status: 0,
      stdout: '{"format":"pdf","pages":2}\n',
      stderr: '',
    });
  });
});
