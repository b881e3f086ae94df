import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { findLeftOut } from './test/support/left-out.js';

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url));
const alias = {
  'sotto/cli': source('cli/index.ts'),
  'sotto/otlp': source('otlp/index.ts'),
  'sotto/server': source('server/index.ts'),
  'sotto/testing': source('testing/index.ts'),
  sotto: source('index.ts'),
};

const exclude = [...configDefaults.exclude, ...(await findLeftOut())];

/** One project per kind of test, so that `vitest --project unit` stays a matter of a second. */
const project = (name: string, options: Record<string, unknown> = {}) => ({
  resolve: { alias },
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    exclude,
    setupFiles: ['./test/support/plain-environment.ts'],
    testTimeout: 20_000,
    ...options,
  },
});

export default defineConfig({
  test: {
    projects: [
      project('unit'),
      project('wiring'),
      project('adapters', { hookTimeout: 60_000 }),
      project('db', { testTimeout: 60_000, hookTimeout: 60_000 }),
      project('browser', { testTimeout: 60_000, hookTimeout: 60_000 }),
      project('e2e', { testTimeout: 120_000, hookTimeout: 120_000 }),
      project('types', {
        include: [],
        typecheck: {
          enabled: true,
          only: true,
          include: ['test/types/**/*.test-d.ts'],
          tsconfig: './tsconfig.json',
        },
      }),
    ],
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text-summary', 'html'] },
  },
});
