import { lstatSync } from 'node:fs';
import { findData } from '../data-files.js';
import type { SessionFileInfo } from '../ledger/list-sessions.js';
import { CRASH_FOLDER } from './crash-file-name.js';

/**
 * The crash reports in a state directory, by name below it: `crashes/crash_20261121_083000_1b4e28ba.json`.
 *
 * @returns none where there is none. Never throws
 */
export function listCrashReports(directory: string | undefined): readonly SessionFileInfo[] {
  if (directory === undefined) return [];
  return findData(directory, CRASH_FOLDER).files.flatMap(({ name, path }) => look(name, path));
}

/** None when it was removed meanwhile, or is no file. */
function look(name: string, path: string): readonly SessionFileInfo[] {
  try {
    const found = lstatSync(path);
    const info = { name: `${CRASH_FOLDER}/${name}`, path, bytes: found.size, modifiedMs: found.mtimeMs };
    return found.isFile() ? [info] : [];
  } catch {
    return [];
  }
}
