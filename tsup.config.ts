import { cp, readFile, writeFile } from 'node:fs/promises';
import { defineConfig, type Options } from 'tsup';

/** Packages that become part of the build, with their licences: docs/adr/0005-bundle-the-hash.md. Others stay outside. */
const BUNDLED = {
  '@noble/hashes': 'LICENSE',
  'ci-info': 'LICENSE',
  fflate: 'LICENSE',
  jose: 'LICENSE.md',
  'jsonc-parser': 'LICENSE.md',
  'rate-limiter-flexible': 'LICENSE.md',
  uplot: 'LICENSE',
  // The browser of `sotto open`: one package, and what it is made of.
  open: 'license',
  'bundle-name': 'license',
  'default-browser': 'license',
  'default-browser-id': 'license',
  'define-lazy-prop': 'license',
  'is-docker': 'license',
  'is-in-ssh': 'license',
  'is-inside-container': 'license',
  'is-wsl': 'license',
  'powershell-utils': 'license',
  'run-applescript': 'license',
  'wsl-utils': 'license',
} as const;

/** What the main entry loads late, by what the source imports: files of their own, beside it. */
const LATE = {
  './quiet-posthog.js': { name: 'quiet-posthog', source: 'src/delivery/posthog/quiet-posthog.ts' },
  './http-exchange.js': { name: 'http-exchange', source: 'src/delivery/http/http-exchange.ts' },
  './otlp-encoder.js': { name: 'otlp-encoder', source: 'src/delivery/otlp/otlp-encoder.ts' },
  './dialogue/index.js': { name: 'dialogue', source: 'src/consent/dialogue/index.ts' },
} as const;

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
  sourcemap: false,
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

/** Leaves what is loaded late in its own file. */
const lateFiles: NonNullable<Options['esbuildPlugins']> = [
  {
    name: 'late',
    setup(build) {
      build.onResolve({ filter: /^\.\// }, ({ kind, path }) => {
        const late = kind === 'dynamic-import' ? LATE[path as keyof typeof LATE] : undefined;
        return late && { path: `./${late.name}.js`, external: true };
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
    esbuildPlugins: lateFiles,
    onSuccess: writeLicenses,
  },
  ...Object.values(LATE).map(({ name, source }) => ({
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
    entry: { index: 'src/server/index.ts' },
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
