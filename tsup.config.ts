import { copyFile } from 'node:fs/promises';
import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { index: 'src/index.ts', 'server/index': 'src/server/index.ts' },
  format: 'esm',
  target: 'node20.20',
  outDir: 'dist',
  splitting: true,
  sourcemap: false,
  clean: true,
  removeNodeProtocol: false,
  // Declarations come from `tsc`: TypeScript 7 has no compiler API for tsup to call.
  dts: false,
  // Packages stay outside, but for the one that is needed at import: docs/adr/0005-bundle-the-hash.md.
  skipNodeModulesBundle: true,
  noExternal: ['@noble/hashes'],
  onSuccess: () => copyFile('node_modules/@noble/hashes/LICENSE', 'dist/LICENSE-noble-hashes'),
});
