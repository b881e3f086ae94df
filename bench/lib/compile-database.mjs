import { cpSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'tsup';

const fromBench = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/**
 * Compile the services' database, which the package does not export, to `bench/.build/database/`, with its migrations beside it.
 *
 * @returns {Promise<string>} what to import
 */
export async function compileDatabase() {
  await build({
    config: false,
    entry: { index: fromBench('../src/server/db/index.ts') },
    outDir: fromBench('.build/database'),
    format: 'esm',
    target: 'node20.20',
    skipNodeModulesBundle: true,
    silent: true,
    dts: false,
  });
  cpSync(fromBench('../src/server/db/migrations'), fromBench('.build/database/migrations'), {
    recursive: true,
  });
  return pathToFileURL(fromBench('.build/database/index.js')).href;
}
