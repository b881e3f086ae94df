import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PEERS } from '../../../src/internal/index.js';
import { CHECKOUT } from '../support/checkout.js';
import {
  type Compilers,
  installCompilers,
  OLDEST_TYPESCRIPT,
  STRICT,
  TYPESCRIPTS,
  type TypeScriptVersion,
} from '../support/compilers.js';
import { installInto, packPackage } from '../support/packed-package.js';
import { runProgram } from '../support/program.js';
import { createSandbox, type Sandbox } from '../support/sandbox.js';

const PROGRAMS = join(CHECKOUT, 'test', 'e2e', 'package', 'programs');

/** What CommonJS says, which this checkout has none of. */
const REQUIRED = `
import { createTelemetry, type Preview } from 'sotto';
import testing = require('sotto/testing');
const preview: Preview | undefined = createTelemetry({ app: 'acme' }).preview('started', { count: 1 });
console.log(preview, testing.createTestTelemetry().events.length);
`;
const REQUIRED_SERVER = `
import { createTelemetry } from 'sotto';
import server = require('sotto/server');
console.log(server.createLocalApi(createTelemetry({ app: 'acme' })), server.ROLES.includes('web'));
`;

/** By whom modules are found: Node.js without the types of a browser, or a bundler with what a new project has. */
const RESOLUTIONS = {
  nodenext: { module: 'nodenext', lib: ['es2022'] },
  bundler: { module: 'preserve', moduleResolution: 'bundler' },
} as const;
type Resolution = keyof typeof RESOLUTIONS;

/** What is installed, and what is written with it. */
const PROJECTS = {
  'no peer': {
    packages: ['@types/node'],
    modules: ['core.ts', 'cli.ts', 'otlp.ts', 'testing.ts'],
    required: REQUIRED,
  },
  'the peers of the server and of OTLP': {
    packages: [...PEERS.server, ...PEERS.otlp, '@types/node'],
    modules: ['core.ts', 'cli.ts', 'otlp.ts', 'testing.ts', 'server.ts'],
    required: REQUIRED_SERVER,
  },
} as const;
type Project = keyof typeof PROJECTS;

let sandbox: Sandbox;
let compilers: Compilers;

beforeAll(async () => {
  sandbox = await createSandbox();
  const { tarball } = await packPackage(sandbox.root);
  compilers = await installCompilers(join(sandbox.root, 'compilers'));
  for (const [name, { packages, modules, required }] of Object.entries(PROJECTS)) {
    const folder = folderOf(name as Project);
    await installInto(folder, tarball, packages);
    for (const module of modules) await cp(join(PROGRAMS, module), join(folder, module));
    await writeFile(join(folder, 'required.cts'), required);
    await writeTsconfig(folder, 'nodenext', [...modules, 'required.cts']);
    await writeTsconfig(folder, 'bundler', modules);
  }
}, 300_000);
afterAll(() => sandbox[Symbol.dispose]());

const folderOf = (name: Project) => join(sandbox.root, name);

const configOf = (resolution: Resolution) => `tsconfig.${resolution}.json`;

async function writeTsconfig(folder: string, resolution: Resolution, files: readonly string[]) {
  const compilerOptions = { ...STRICT, ...RESOLUTIONS[resolution], noEmit: true };
  await writeFile(join(folder, configOf(resolution)), JSON.stringify({ compilerOptions, files }));
}

function compile(project: Project, version: TypeScriptVersion, resolution: Resolution) {
  const args = [compilers.tsc(version), '-p', configOf(resolution)];
  return runProgram(process.execPath, args, { cwd: folderOf(project), env: sandbox.env });
}

const CASES = (Object.keys(PROJECTS) as Project[]).flatMap((project) =>
  (Object.keys(RESOLUTIONS) as Resolution[]).map((resolution) => ({ project, resolution })),
);

it('the oldest TypeScript checks every entry that needs no peer', async () => {
  // Under `nodenext` it knows no `require()` of a module.
  const outcome = await compile('no peer', OLDEST_TYPESCRIPT, 'bundler');
  expect(outcome).toEqual({ status: 0, stdout: '', stderr: '' });
});

describe.each(TYPESCRIPTS)('TypeScript %s', (version) => {
  it.each(CASES)('checks every entry under $resolution, with $project', async ({ project, resolution }) => {
    expect(await compile(project, version, resolution)).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('refuses a decision that does not fit its field', async () => {
    const folder = folderOf('no peer');
    const source = await readFile(join(folder, 'core.ts'), 'utf8');
    await writeFile(join(folder, 'core.ts'), source.replace('pages!: string[]', 'pages!: number'));
    try {
      const { status, stdout } = await compile('no peer', version, 'nodenext');
      expect(status).not.toBe(0);
      expect(stdout).toMatch(/^core\.ts\(\d+,\d+\): error TS1240/);
    } finally {
      await writeFile(join(folder, 'core.ts'), source);
    }
  });
});
