import { findData } from '../data-files.js';
import { type FileInfo, fileInfoOf } from '../file-info.js';
import { CRASH_FOLDER } from './crash-file-name.js';

/**
 * The crash reports in a state directory, by name below it: `crashes/crash_20261121_083000_1b4e28ba.json`.
 *
 * @returns none where there is none. Never throws
 */
export function listCrashReports(directory: string | undefined): readonly FileInfo[] {
  if (directory === undefined) return [];
  return findData(directory, CRASH_FOLDER).files.flatMap(({ name, path }) =>
    fileInfoOf(`${CRASH_FOLDER}/${name}`, path),
  );
}
