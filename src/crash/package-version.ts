import { isAbsolute } from 'node:path';
import { BoundedCache, readSmallFile } from '../internal/index.js';

const MAX_PACKAGE_JSON_BYTES = 65_536;
const MAX_KNOWN = 256;

/** What is used of a `package.json`. Each part may be anything. */
export interface PackageJson {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly private?: unknown;
  readonly bin?: unknown;
}

/**
 * The `package.json` in a folder; undefined where there is none, it is larger than 64 KB or no JSON object. Synchronous,
 * because a process that crashes waits for nothing. Never throws.
 */
export function readPackageJson(directory: string): PackageJson | undefined {
  const file = readSmallFile(`${directory}/package.json`, MAX_PACKAGE_JSON_BYTES);
  if (file.status !== 'found') return undefined;
  try {
    const found: unknown = JSON.parse(new TextDecoder().decode(file.bytes));
    return typeof found === 'object' && found !== null ? found : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads versions of packages, each package once.
 *
 * @returns a function from a folder, absolute on this system, to the version of the package in it as it says it; undefined
 *   where there is none, where it is private or called otherwise than its folder
 */
export function createVersionReader(
  read: (directory: string) => PackageJson | undefined = readPackageJson,
): (directory: string) => string | undefined {
  const known = new BoundedCache<string, { readonly version: string | undefined }>(MAX_KNOWN);
  return (directory) => {
    let found = known.get(directory);
    if (!found) {
      found = { version: isAbsolute(directory) ? versionIn(directory, read(directory)) : undefined };
      known.set(directory, found);
    }
    return found.version;
  };
}

/** What calls itself private is published nowhere, and its name somebody's own; so is another name for a package. */
function versionIn(directory: string, found: PackageJson | undefined): string | undefined {
  if (found?.private === true || !directory.endsWith(`/node_modules/${String(found?.name)}`))
    return undefined;
  return typeof found?.version === 'string' ? found.version : undefined;
}
