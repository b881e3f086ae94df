import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The folder of this package. */
export const CHECKOUT = fileURLToPath(new URL('../../..', import.meta.url));

const require = createRequire(import.meta.url);

/** What `node --import` needs to run TypeScript, from any folder. */
export const TSX = pathToFileURL(
  join(dirname(require.resolve('tsx/package.json')), 'dist', 'loader.mjs'),
).href;

/** The compiler, as a program for `node`. */
export const TSC = join(CHECKOUT, 'node_modules', 'typescript', 'bin', 'tsc');

/** The version of an installed package, as npm takes it: `hono@4.13.19`. */
export function installed(name: string): string {
  const { version } = require(join(CHECKOUT, 'node_modules', name, 'package.json')) as { version: string };
  return `${name}@${version}`;
}
