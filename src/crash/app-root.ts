import { dirname, resolve } from 'node:path';
import type { PackageJson } from './package-version.js';

/** More folders above a script are not looked into. */
const MAX_LEVELS = 20;

/**
 * The folder of the app's own package: the nearest one above the script that holds a `package.json`, if that is the app's.
 *
 * @param app - the app's name
 * @param mainScript - absolute path of the script that was run, links resolved
 * @param realPathOf - a path with its links resolved; undefined where nothing stands
 * @returns undefined unless that package has exactly the app's name, or says that the app's program is this script. Someone's
 *   project, in which the app is run or installed, is not taken for it; one that is called as the app is cannot be told apart
 */
export function findAppRoot(
  app: string,
  mainScript: string,
  readPackageJson: (directory: string) => PackageJson | undefined,
  realPathOf: (path: string) => string | undefined,
): string | undefined {
  let directory = dirname(mainScript);
  for (let level = 0; level < MAX_LEVELS; level += 1) {
    const found = readPackageJson(directory);
    if (found?.name === app) return directory;
    const program = programOf(app, found);
    if (program !== undefined && realPathOf(resolve(directory, program)) === mainScript) return directory;
    // One without a name only says of what kind the modules below it are.
    if (found?.name !== undefined) return undefined;
    const above = dirname(directory);
    if (above === directory) return undefined;
    directory = above;
  }
  return undefined;
}

/** The script that a package declares as the app's program. */
function programOf(app: string, found: PackageJson | undefined): string | undefined {
  const bin: unknown = found?.bin;
  if (typeof bin !== 'object' || bin === null || !Object.hasOwn(bin, app)) return undefined;
  const program: unknown = Reflect.get(bin, app);
  return typeof program === 'string' ? program : undefined;
}
