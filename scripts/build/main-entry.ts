/**
 * Builds the main entry: `index.js` gives the public names of `core.js`, which is all that a start needs; the rest stands in files that
 * are loaded late. See docs/adr/0028-a-start-parses-what-it-needs.md.
 */
import { resolve } from 'node:path';
import { build, type InlineConfig, type Plugin, type Rollup } from 'vite';
import { BUNDLED } from './bundled-packages.js';
import { INDEX, lateParts, PARTS, WHOLE } from './late-parts.js';
import { OWN_FILES } from './own-files.js';
import { plainBuiltIns } from './plain-built-ins.js';

const ROOT = resolve(import.meta.dirname, '../..');
const SOURCE = resolve(ROOT, 'src');

/** Leaves what tsup puts into files of their own there. */
const ownFiles: Plugin = {
  name: 'own-files',
  enforce: 'pre',
  resolveDynamicImport(specifier) {
    const own = OWN_FILES[specifier as keyof typeof OWN_FILES];
    return own ? { id: `./${own.name}.js`, external: true } : null;
  },
};

const OWN_NAMES: readonly string[] = [WHOLE, ...PARTS];

/** Which file a module stands in, by its id. */
type Files = Map<string, string>;

const early = await findEarlyModules();
await build(configureAll(early.all, await findFiles(early)));

interface EarlyModules {
  /** Whatever the main entry imports. */
  readonly all: ReadonlySet<string>;
  /** Those of which something is left in it. */
  readonly used: readonly string[];
}

/** Build the main entry alone, in memory: nothing of it imports a late module but by a short function. */
async function findEarlyModules(): Promise<EarlyModules> {
  const all = new Set<string>();
  const noteAll: Plugin = { name: 'note-all', moduleParsed: ({ id }) => void all.add(id) };
  const [index] = await buildInMemory(configure([INDEX], [lateParts(), noteAll], {}));
  return { all, used: modulesOf(index) };
}

/**
 * What is used early is the core, with what that imports for the sake of others. What several parts use stands in the first one. Otherwise
 * each would be one more file to open.
 */
async function findFiles({ all, used }: EarlyModules): Promise<Files> {
  const files: Files = new Map(used.map((id) => [id, 'core']));
  for (;;) {
    const chunks = await buildInMemory(configureAll(all, files));
    const inCore = reachedFrom('index.js', chunks);
    const fileOf = (chunk: Rollup.OutputChunk) => {
      if (inCore.has(chunk.fileName)) return 'core';
      return OWN_NAMES.includes(chunk.name) ? chunk.name : PARTS[0];
    };
    for (const chunk of chunks) {
      const file = fileOf(chunk);
      for (const id of modulesOf(chunk)) files.set(id, file);
      if (chunk.facadeModuleId && file !== 'core') files.set(chunk.facadeModuleId, file);
    }
    if (chunks.every((chunk) => fileOf(chunk) === chunk.name || modulesOf(chunk).length === 0)) return files;
  }
}

/** The files that a file imports, and those that they import, with itself. */
function reachedFrom(fileName: string, chunks: readonly Rollup.OutputChunk[]): ReadonlySet<string> {
  const reached = new Set([fileName]);
  for (const name of reached)
    for (const imported of chunks.find((chunk) => chunk.fileName === name)?.imports ?? [])
      reached.add(imported);
  return reached;
}

/** The modules of which something stands in a file, but for the entry itself. */
function modulesOf(chunk: Rollup.OutputChunk | undefined): readonly string[] {
  const modules = Object.entries(chunk?.modules ?? {}).filter(([id]) => id !== chunk?.facadeModuleId);
  return modules.flatMap(([id, { renderedLength }]) => (renderedLength > 0 ? [id] : []));
}

function configureAll(early: ReadonlySet<string>, files: Files): InlineConfig {
  return configure([INDEX, WHOLE, ...PARTS], [lateParts(early)], {
    manualChunks: (id) => files.get(id),
    onlyExplicitManualChunks: true,
  });
}

async function buildInMemory(config: InlineConfig): Promise<readonly Rollup.OutputChunk[]> {
  const result = (await build({
    ...config,
    build: { ...config.build, write: false },
  })) as Rollup.RollupOutput;
  return result.output.filter((output) => output.type === 'chunk');
}

function configure(
  entries: readonly string[],
  plugins: readonly Plugin[],
  output: Rollup.OutputOptions,
): InlineConfig {
  return {
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    plugins: [...plugins, ownFiles, plainBuiltIns('core')],
    // One other character doubles what the engine holds, and slows a start.
    esbuild: { charset: 'ascii' },
    ssr: { noExternal: Object.keys(BUNDLED) },
    build: {
      ssr: true,
      outDir: 'dist',
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'node20.20',
      minify: false,
      sourcemap: true,
      rollupOptions: {
        input: Object.fromEntries(entries.map((name) => [name, name])),
        preserveEntrySignatures: 'allow-extension',
        // As package.json says of the source.
        treeshake: { moduleSideEffects: (id) => !id.startsWith(SOURCE) },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: '[name].js',
          minifyInternalExports: false,
          hoistTransitiveImports: false,
          ...output,
        },
      },
    },
  };
}
