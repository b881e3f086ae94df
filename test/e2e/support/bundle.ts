import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'tsup';

/** Some packages are CommonJS, and ask for modules of Node.js when they are loaded. */
const REQUIRE =
  "import * as modules from 'node:module'; const require = modules.createRequire(import.meta.url);";

export interface BundleOptions {
  /** Of the bundle, without an extension. */
  readonly name: string;
  readonly outDir: string;
  /** Instead of those of esbuild; undefined: those. */
  readonly conditions?: readonly string[] | undefined;
  /** Left outside: loaded where it is installed, and not installed here. */
  readonly external?: readonly string[];
  /** Whether CommonJS in it finds a `require`. */
  readonly hasRequire?: boolean;
  readonly minify?: boolean;
}

/**
 * One file with everything that a program needs, as makers ship it.
 *
 * @param project - a folder in which the packages of the program are installed
 * @param program - its path in there
 * @returns the path of the bundle
 */
export async function bundle(project: string, program: string, options: BundleOptions): Promise<string> {
  const { name, outDir, conditions, external, hasRequire = true, minify = false } = options;
  // Not that of the checkout, which has the sources in the place of the package.
  const tsconfig = join(project, 'tsconfig.bundle.json');
  await writeFile(tsconfig, '{}');
  await build({
    config: false,
    silent: true,
    entry: { [name]: join(project, program) },
    outDir,
    format: 'esm',
    outExtension: () => ({ js: '.mjs' }),
    target: 'node20.20',
    tsconfig,
    noExternal: [/./],
    splitting: false,
    minify,
    clean: false,
    banner: hasRequire ? { js: REQUIRE } : {},
    esbuildOptions(options) {
      if (conditions) options.conditions = [...conditions];
      if (external) options.external = [...external];
    },
  });
  return join(outDir, `${name}.mjs`);
}
