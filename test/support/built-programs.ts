import { chmodSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';
import { afterAll, beforeAll } from 'vitest';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));

export interface BuildOptions {
  /** Whether packages become part of each program, as makers ship it, or are loaded from this checkout. */
  readonly packages?: 'inside' | 'outside';
}

export interface BuiltPrograms<Name extends string> extends Disposable {
  path(name: Name): string;
}

/**
 * Build programs once that tests start often: translated anew by each of twenty processes, one would take them a minute of a busy
 * machine before any of them came to what is tested.
 *
 * @param sources - of TypeScript, from the folder of this package
 */
export async function buildPrograms<Name extends string>(
  sources: Readonly<Record<Name, string>>,
  { packages = 'inside' }: BuildOptions = {},
): Promise<BuiltPrograms<Name>> {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-programs-'));
  // Some tests run them as somebody else.
  chmodSync(folder, 0o755);
  symlinkSync(join(CHECKOUT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const outDir = join(folder, 'programs');
  const entries = Object.entries<string>(sources).map(([name, source]) => [name, join(CHECKOUT, source)]);
  await build({
    config: false,
    silent: true,
    entry: Object.fromEntries(entries),
    outDir,
    format: 'esm',
    outExtension: () => ({ js: '.mjs' }),
    target: 'node20.20',
    tsconfig: join(CHECKOUT, 'tsconfig.json'),
    ...(packages === 'inside' ? INSIDE : { skipNodeModulesBundle: true }),
  });
  return {
    path: (name) => join(outDir, `${name}.mjs`),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Without the function, a package in CommonJS could load nothing of Node.js from inside. */
const INSIDE = {
  noExternal: [/./],
  splitting: false,
  banner: {
    js: "import * as modules from 'node:module'; const require = modules.createRequire(import.meta.url);",
  },
};

/** The same for all tests of a file. @returns the path of one of them, once tests run */
export function useBuiltPrograms<Name extends string>(
  sources: Readonly<Record<Name, string>>,
  options?: BuildOptions,
): (name: Name) => string {
  let programs: BuiltPrograms<Name> | undefined;
  beforeAll(async () => {
    programs = await buildPrograms(sources, options);
  }, 60_000);
  afterAll(() => programs?.[Symbol.dispose]());
  return (name) => {
    if (programs === undefined) throw new Error(`The program ${name} is built when tests run, not before.`);
    return programs.path(name);
  };
}
