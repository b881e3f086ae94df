import { realpathSync } from 'node:fs';
import { quietly } from '../internal/index.js';
import { findAppRoot } from './app-root.js';
import type { FrameSources } from './frames.js';
import { createVersionReader, readPackageJson } from './package-version.js';

const versionOf = createVersionReader();

/**
 * What is known of the files of this process. Versions are read when they are asked for, once for all.
 *
 * @param app - the app's name
 * @param appRoot - the folder of its package, where the maker says so; otherwise it is looked for above the script that runs
 * @remarks Never throws. Looks for the folder now, by reading a few small files.
 */
export function readFrameSources(app: string, appRoot?: string): FrameSources {
  const root = appRoot === undefined ? findRootOf(app) : realPathOf(appRoot);
  return { appRoot: root, versionOf };
}

/** The sources of a process of which no app is known: packages only. */
export const PACKAGES_ONLY: FrameSources = { appRoot: undefined, versionOf };

function findRootOf(app: string): string | undefined {
  const script = realPathOf(process.argv[1]);
  return script && findAppRoot(app, script, readPackageJson, realPathOf);
}

function realPathOf(path: string | undefined): string | undefined {
  return path ? quietly(() => realpathSync(path)) : undefined;
}
