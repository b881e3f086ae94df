import { cp, readFile, writeFile } from 'node:fs/promises';
import { defineConfig, type Options } from 'tsup';
import { BUNDLED } from './scripts/build/bundled-packages.js';
import { OWN_FILES } from './scripts/build/own-files.js';

/** What checks start, or have Node.js load before a program: files of their own, each complete. */
const CHECK_PROGRAMS = {
  'testing/capture-program': 'src/testing/capture/capture-program.ts',
  'testing/note-children': 'src/testing/machine/note-children.ts',
} as const;

/** What stands in the place of an entry in a program that is built without telemetry. */
const STUBS = {
  'no-telemetry/index': 'src/no-telemetry/index.ts',
  'no-telemetry/cli': 'src/no-telemetry/cli.ts',
  'no-telemetry/otlp': 'src/no-telemetry/otlp.ts',
} as const;

const SHARED: Options = {
  format: 'esm',
  target: 'node20.20',
  outDir: 'dist',
  sourcemap: true,
  removeNodeProtocol: false,
  // Declarations come from `tsc`: TypeScript 7 has no compiler API for tsup to call.
  dts: false,
  skipNodeModulesBundle: true,
  noExternal: Object.keys(BUNDLED),
  // The other form of some packages loads its files in a way that cannot be bundled.
  esbuildOptions(options) {
    options.mainFields = ['module', 'main'];
  },
};

/** Leaves what is imported dynamically in its own file. */
const ownFiles: NonNullable<Options['esbuildPlugins']> = [
  {
    name: 'own-files',
    setup(build) {
      build.onResolve({ filter: /^\.\// }, ({ kind, path }) => {
        const own = kind === 'dynamic-import' ? OWN_FILES[path as keyof typeof OWN_FILES] : undefined;
        return own && { path: `./${own.name}.js`, external: true };
      });
    },
  },
];

/** Leaves what is imported by the package's own name to Node.js, and in its own file. */
const ownEntries: NonNullable<Options['esbuildPlugins']> = [
  {
    name: 'own-entries',
    setup(build) {
      build.onResolve({ filter: /^sotto\// }, ({ path }) => ({ path, external: true }));
    },
  },
];

/**
 * All but the main entry, which scripts/build/main-entry.ts makes. Each is built by itself: state that copies have to share stands on
 * symbols of the process.
 */
export default defineConfig([
  // Started beside the main entry, by its name: see hand-over.ts.
  {
    ...SHARED,
    entry: { 'sotto-flusher': 'src/delivery/flusher/program.ts' },
    splitting: false,
    esbuildPlugins: ownFiles,
    onSuccess: writeLicenses,
  },
  ...Object.values(OWN_FILES).map(({ name, source }) => ({
    ...SHARED,
    entry: { [name]: source },
    splitting: false,
  })),
  {
    ...SHARED,
    entry: { 'cli/index': 'src/cli/index.ts', 'cli/program': 'src/cli/program.ts' },
    splitting: true,
    esbuildPlugins: ownEntries,
  },
  // What needs a database stands in files of its own: nothing else of this entry loads its packages.
  {
    ...SHARED,
    entry: {
      index: 'src/server/entry.ts',
      required: 'src/server/entry-required.ts',
      whole: 'src/server/index.ts',
    },
    outDir: 'dist/server',
    splitting: true,
    onSuccess: copyServerFiles,
  },
  { ...SHARED, entry: { 'otlp/index': 'src/otlp/index.ts' }, splitting: false },
  // What needs more than a maker's own test runner stands in files of its own.
  {
    ...SHARED,
    entry: { index: 'src/testing/index.ts' },
    outDir: 'dist/testing',
    splitting: true,
    esbuildPlugins: ownEntries,
  },
  ...Object.entries({ ...CHECK_PROGRAMS, ...STUBS }).map(([name, source]) => ({
    ...SHARED,
    entry: { [name]: source },
    splitting: false,
  })),
]);

/** What the services read beside their code, by `import.meta.url`. */
async function copyServerFiles(): Promise<void> {
  await cp('src/server/db/migrations', 'dist/server/migrations', { recursive: true });
  await cp('src/server/web/assets', 'dist/server/assets', { recursive: true });
  for (const file of ['uPlot.iife.min.js', 'uPlot.min.css'])
    await cp(`node_modules/uplot/dist/${file}`, `dist/server/assets/${file}`);
}

async function writeLicenses(): Promise<void> {
  const texts = Object.entries(BUNDLED).map(async ([name, file]) => {
    const text = await readFile(`node_modules/${name}/${file}`, 'utf8');
    return `${name}\n\n${text.trim()}\n`;
  });
  await writeFile('dist/LICENSES-OF-BUNDLED-PACKAGES', (await Promise.all(texts)).join('\n---\n\n'));
}
