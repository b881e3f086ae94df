import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { index: 'src/index.ts', 'server/index': 'src/server/index.ts' },
  format: 'esm',
  target: 'node20.20',
  outDir: 'dist',
  splitting: true,
  sourcemap: false,
  clean: true,
  // Declarations come from `tsc`: TypeScript 7 has no compiler API for tsup to call.
  dts: false,
});
