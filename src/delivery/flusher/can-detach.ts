import { statSync } from 'node:fs';

/** What is known of the process that would start another. */
export interface Runtime {
  /** Path of what runs, as `process.execPath`. */
  readonly execPath: string;
  /** Versions by the name of the part, as `process.versions`. */
  readonly versions: Readonly<Record<string, string | undefined>>;
  /** Whether the program and Node are one file. */
  readonly isSingleFile: () => boolean;
  readonly mayStartProcess: () => boolean;
  readonly isFile: (path: string) => boolean;
}

/** In `versions`: what is no plain Node, or finds modules in ways that a process of its own would not know. */
const FOREIGN_PARTS = ['electron', 'nw', 'bun', 'deno', 'webcontainer', 'pnp'];
const NODE_NAME = /^(?:node|nodejs)[-.\d]*(?:\.exe)?$/i;
/** Files that only the process that runs can read: they stand inside another file. */
const INSIDE_ANOTHER_FILE = /\.(?:asar|zip)[\\/]|^(?:[a-z]:)?[\\/]snapshot[\\/]/i;

/**
 * Whether a script can be run by the same Node in a process of its own, which outlives this one.
 *
 * @param script - absolute path
 * @returns false in doubt
 */
export function canDetach(script: string, runtime: Runtime = thisRuntime()): boolean {
  const { execPath, versions, isSingleFile, mayStartProcess, isFile } = runtime;
  try {
    return (
      NODE_NAME.test(execPath.split(/[\\/]/).at(-1) ?? '') &&
      FOREIGN_PARTS.every((part) => versions[part] === undefined) &&
      !isSingleFile() &&
      mayStartProcess() &&
      !INSIDE_ANOTHER_FILE.test(script) &&
      isFile(script)
    );
  } catch {
    return false;
  }
}

function thisRuntime(): Runtime {
  const { permission, pkg } = process as { permission?: NodeJS.ProcessPermission; pkg?: unknown };
  return {
    execPath: process.execPath,
    versions: process.versions,
    isSingleFile: () => pkg !== undefined || process.getBuiltinModule('node:sea')?.isSea() === true,
    // Without the permission model there is nothing to ask, and all is allowed.
    mayStartProcess: () => permission?.has('child') !== false,
    isFile: (path) => statSync(path).isFile(),
  };
}
