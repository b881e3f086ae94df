import { fileURLToPath } from 'node:url';
import { build } from 'tsup';

const fromBench = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/**
 * Compile what Node 20 cannot run as it stands, to `bench/.build/`: the decorated class, as a maker's own build would, and
 * the keyed hash, which the package does not export.
 */
export async function compileSubjects() {
  await build({
    config: false,
    entry: {
      decorated: fromBench('subject/decorated.ts'),
      'keyed-hash': fromBench('../src/privacy/keyed-hash.ts'),
    },
    outDir: fromBench('.build'),
    format: 'esm',
    target: 'node20.20',
    clean: true,
    silent: true,
    dts: false,
  });
}
