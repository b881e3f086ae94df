import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/**
 * Bundle a program with all that it imports, for Node and minified, in as many files as its `import()` asks for.
 *
 * @param {string} source the program
 * @param {{ folder: string, external: readonly string[] }} options what it imports is found from this folder, but for what stays
 *   outside
 * @returns {Promise<{ bytes: number, gzippedBytes: number }>} of all files
 */
export async function bundleSize(source, { folder, external }) {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: folder },
    absWorkingDir: folder,
    outdir: 'bundle',
    bundle: true,
    minify: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.20',
    external: [...external],
    write: false,
    logLevel: 'error',
  });
  const sum = (values) => values.reduce((total, value) => total + value, 0);
  return {
    bytes: sum(outputFiles.map(({ contents }) => contents.length)),
    gzippedBytes: sum(outputFiles.map(({ contents }) => gzipSync(contents).length)),
  };
}
