import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { installInto, type PackedPackage, packPackage } from '../support/packed-package.js';
import { runProgram } from '../support/program.js';
import { createSandbox, type Sandbox } from '../support/sandbox.js';

let sandbox: Sandbox;
let packed: PackedPackage;
let project: string;
let root: string;

beforeAll(async () => {
  sandbox = await createSandbox();
  packed = await packPackage(sandbox.root);
  project = join(sandbox.root, 'project');
  root = join(project, 'node_modules', 'sotto');
  await installInto(project, packed.tarball, []);
});
afterAll(() => sandbox[Symbol.dispose]());

const scripts = () =>
  packed.files.filter((path) => /^dist\/.*\.js$/.test(path) && !path.startsWith('dist/server/assets/'));

it('says of every script where its map is', async () => {
  for (const path of scripts()) {
    const text = await readFile(join(root, path), 'utf8');
    const [, name] = /\n\/\/# sourceMappingURL=(\S+)\s*$/.exec(text) ?? [];
    expect({ path, map: name }).toEqual({ path, map: `${posix.basename(path)}.map` });
    expect(packed.files).toContain(`${path}.map`);
  }
});

it('names no source that the package does not have', async () => {
  const maps = packed.files.filter((path) => path.endsWith('.js.map'));
  expect(maps).toHaveLength(scripts().length);
  let own = 0;
  for (const path of maps) {
    const { sources, sourcesContent = [] } = JSON.parse(await readFile(join(root, path), 'utf8')) as {
      readonly sources: readonly string[];
      readonly sourcesContent?: readonly (string | null)[];
    };
    for (const [index, source] of sources.entries()) {
      const isHere = existsSync(join(root, dirname(path), source));
      const isInside = typeof sourcesContent[index] === 'string';
      // Once, and not in each map again.
      expect({ path, source, isHere, isInside }).toEqual({ path, source, isHere, isInside: !isHere });
      if (isHere) own += 1;
    }
  }
  expect(own).toBeGreaterThan(1_000);
});

it.each([
  ['the core', `createTelemetry({ app: 'acme', consent: 'no' })`],
  ['a part that is loaded late', `await createTelemetry({ app: 'acme' }).enable()`],
])('leads a stack trace to the line in the source: %s', async (_, code) => {
  const program = `
    import { createTelemetry } from 'sotto';
    try { ${code} } catch (error) { console.log(error.stack) }`;
  const args = ['--enable-source-maps', '--input-type=module', '--eval', program];
  const env = { ...sandbox.env, HOME: '/dev/null', SOTTO_DATA_DIR: '/dev/null/nowhere' };
  const { stdout } = await runProgram(process.execPath, args, { cwd: project, env });
  const [, path = '', line = ''] = /\((\/\S+\/src\/\S+\.ts):(\d+):\d+\)/.exec(stdout) ?? [];
  expect(stdout).toContain(join(root, 'src'));
  const source = (await readFile(path, 'utf8')).split('\n')[Number(line) - 1];
  expect(source).toMatch(/Error\(|throw /);
});
