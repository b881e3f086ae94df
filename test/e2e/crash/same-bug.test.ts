import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import type { ErrorDescription } from '../../../src/crash/index.js';
import { createDirectory } from '../../support/directories.js';
import { runProgram } from '../../support/run-program.js';

const PROGRAM = new URL('./programs/describe.ts', import.meta.url);

/** An app that fails in a package, in a folder of any name. */
function checkOut(name: string, { version = '1.2.3', linesAbove = 0 } = {}): string {
  const folder = join(createDirectory(), name);
  const files = {
    'package.json': '{"name":"acme"}',
    'dist/run.mjs': `import { parse } from 'parser';\nfunction open(path) {\n  return parse(path);\n}\nopen(import.meta.filename);\n`,
    'dist/walk.mjs': `import { parse } from 'parser';\nparse(import.meta.filename);\n`,
    'node_modules/parser/package.json': JSON.stringify({
      name: 'parser',
      version,
      type: 'module',
      main: 'index.js',
    }),
    'node_modules/parser/index.js': `${'\n'.repeat(linesAbove)}export function parse(path) {\n  throw new SyntaxError(\`cannot parse \${path} of \${process.pid}\`);\n}\n`,
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

async function describeIn(folder: string, module: string): Promise<ErrorDescription> {
  const { stdout } = await runProgram(PROGRAM, { arguments: [folder, module], cwd: folder });
  return JSON.parse(stdout) as ErrorDescription;
}

it('one bug has one fingerprint in every checkout and with every version of a package', async () => {
  const here = await describeIn(checkOut('here'), 'dist/run.mjs');
  const there = await describeIn(
    checkOut('My Projects (2024)', { version: '9.0.0', linesAbove: 7 }),
    'dist/run.mjs',
  );
  expect(here.message).toBe('cannot parse <PATH> of <N>');
  expect(here.frames.slice(0, 2)).toEqual(['parser@1.2.3:parse:2', '<app>/dist/run.mjs:open:3']);
  expect(there.frames.slice(0, 2)).toEqual(['parser@9.0.0:parse:9', '<app>/dist/run.mjs:open:3']);
  expect(there.fingerprint).toBe(here.fingerprint);
});

it('another bug has another fingerprint', async () => {
  const folder = checkOut('here');
  const [run, walk] = [await describeIn(folder, 'dist/run.mjs'), await describeIn(folder, 'dist/walk.mjs')];
  expect(walk.message).toBe(run.message);
  expect(walk.fingerprint).not.toBe(run.fingerprint);
});
