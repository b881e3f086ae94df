import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECKOUT } from '../support/checkout.js';
import { type Compilers, installCompilers, STRICT, type TypeScriptVersion } from '../support/compilers.js';
import { installInto, packPackage } from '../support/packed-package.js';
import { type Outcome, runProgram } from '../support/program.js';
import { createSandbox, type Sandbox } from '../support/sandbox.js';

const PROGRAMS = join(CHECKOUT, 'test', 'e2e', 'package', 'programs');

let sandbox: Sandbox;
let project: string;
let compilers: Compilers;

beforeAll(async () => {
  sandbox = await createSandbox();
  const { tarball } = await packPackage(sandbox.root);
  project = join(sandbox.root, 'project');
  compilers = await installCompilers(join(sandbox.root, 'compilers'), ['esbuild', '@swc/core']);
  await installInto(project, tarball, ['@types/node']);
  for (const name of ['decorated.ts', 'without-decorators.ts'])
    await cp(join(PROGRAMS, name), join(project, name));
}, 300_000);
afterAll(() => sandbox[Symbol.dispose]());

/** Which decorators a compiler is asked for: the standard ones, or those that TypeScript had before. */
type Dialect = 'standard' | 'experimental';

/** Compiles `<name>.ts` into `<folder>/<name>.js`, of the project. */
type Compile = (name: string, folder: string, dialect: Dialect) => Promise<Outcome>;

const node = (cwd: string, ...args: string[]) =>
  runProgram(process.execPath, args, { cwd, env: sandbox.env });

const byTypeScript =
  (version: TypeScriptVersion): Compile =>
  async (name, folder, dialect) => {
    const config = `tsconfig.${folder}.json`;
    const compilerOptions = {
      ...STRICT,
      // Those are looked at elsewhere.
      skipLibCheck: true,
      module: 'nodenext',
      outDir: folder,
      experimentalDecorators: dialect === 'experimental',
    };
    await writeFile(join(project, config), JSON.stringify({ compilerOptions, files: [`${name}.ts`] }));
    return node(project, compilers.tsc(version), '-p', config);
  };

const byEsbuild: Compile = (name, folder, dialect) => {
  const compilerOptions = { experimentalDecorators: dialect === 'experimental' };
  return node(
    project,
    join(compilers.folder, 'node_modules', 'esbuild', 'bin', 'esbuild'),
    `${name}.ts`,
    '--log-level=warning',
    '--format=esm',
    '--target=node20.20',
    `--tsconfig-raw=${JSON.stringify({ compilerOptions })}`,
    `--outdir=${folder}`,
  );
};

const bySwc =
  (decoratorVersion: string): Compile =>
  async (name, folder, dialect) => {
    const transform =
      dialect === 'standard' ? { decoratorVersion } : { legacyDecorator: true, decoratorMetadata: true };
    const options = {
      swcrc: false,
      isModule: true,
      jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true }, transform },
    };
    await mkdir(join(project, folder), { recursive: true });
    const [source, compiled] = [join(project, `${name}.ts`), join(project, folder, `${name}.js`)];
    const program = `
      import { writeFileSync } from 'node:fs';
      import { transformFileSync } from '@swc/core';
      const { code } = transformFileSync(${JSON.stringify(source)}, ${JSON.stringify(options)});
      writeFileSync(${JSON.stringify(compiled)}, code);`;
    return node(compilers.folder, '--input-type=module', '--eval', program);
  };

const COMPILERS: Readonly<Record<string, Compile>> = {
  'tsc-5.9': byTypeScript('5.9'),
  'tsc-6': byTypeScript('6'),
  'tsc-7': byTypeScript('7'),
  esbuild: byEsbuild,
  'swc-2022-03': bySwc('2022-03'),
  'swc-2023-11': bySwc('2023-11'),
};

const SILENT = { status: 0, stdout: '', stderr: '' };

describe.each(Object.entries(COMPILERS))('events compiled by %s', (compiler, compile) => {
  it('leave as they were declared', async () => {
    expect(await compile('decorated', compiler, 'standard')).toEqual(SILENT);
    const compiled = join(compiler, 'decorated.js');
    expect(await readFile(join(project, compiled), 'utf8')).not.toMatch(/^\s*@event/m);
    const { status, stdout, stderr } = await node(project, compiled);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(declaredOf(JSON.parse(stdout))).toEqual({
      mode: 'fuzzy',
      durationMs: 12,
      query: 15,
      results: 2,
      best: { line: 3, text: 18, path: 'blake3:<hash>' },
      languages: { typescript: 2, other: 1 },
      scores: 0.375,
      configPath: true,
      repository: 'blake3:<hash>',
    });
  });

  it('say with the old decorators which option to remove, and the way out', async () => {
    const folder = `${compiler}-experimental`;
    const { stdout } = await compile('decorated', folder, 'experimental');
    // Only TypeScript looks at types: there it is an error of the editor already.
    if (compiler.startsWith('tsc')) expect(stdout).toMatch(/^decorated\.ts\(\d+,\d+\): error TS1240/);
    const run = await node(project, join(folder, 'decorated.js'));
    expect(run).toMatchObject({ status: 1, stdout: '' });
    expect(run.stderr).toMatch(/experimentalDecorators.*Remove the option.*defineEvent\(\)/);
    expect(run.stderr).toContain("code: 'DECORATORS_EXPERIMENTAL'");
  });

  it('need no decorators beside code that keeps the old ones', async () => {
    const folder = `${compiler}-without`;
    expect(await compile('without-decorators', folder, 'experimental')).toEqual(SILENT);
    expect(await node(project, join(folder, 'without-decorators.js'))).toEqual({
      status: 0,
      stdout: '{"format":"pdf","pages":2}\n',
      stderr: '',
    });
  });
});

/** Without what is said of every event. */
function declaredOf({ properties }: { properties: object }): object {
  const own = Object.entries(properties).filter(([name]) => !/^\$|^ci$|\./.test(name));
  return Object.fromEntries(own);
}
