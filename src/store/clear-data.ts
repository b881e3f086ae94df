import { join } from 'node:path';
import { eraseEmptyFolder, eraseFile } from '../internal/index.js';
import { DATA_FOLDERS, findData } from './data-files.js';
import { removeNotesOf } from './spool/note-files.js';
import { USAGE_FOLDER } from './usage/file-name.js';
import { holdUsage } from './usage/hold-usage.js';

export interface ClearedData {
  readonly deletedFiles: number;
  /** Names of what could not be removed, or not be looked into. */
  readonly failed: readonly string[];
}

/** Called after every file: how many are done, of how many. */
export type OnProgress = (done: number, total: number) => void;

/**
 * Remove everything that was recorded: the files of the ledger, of crashes, in a folder inside too, of counters, and the
 * bundles made of them; and their folders when nothing else is in them. What of it waited to be sent is not sent any more. Consent, secret and flags
 * stay, and so does everything with another name.
 *
 * @param directory - the state directory
 * @returns what came of it. Never throws
 * @remarks A link is removed, and what it leads to stays. A process that records meanwhile begins a new file.
 */
export function clearData(directory: string | undefined, onProgress: OnProgress = () => {}): ClearedData {
  if (directory === undefined) return { deletedFiles: 0, failed: [] };
  const cleared = holdUsage(directory, () => eraseData(directory, onProgress));
  // One that is not empty holds something else.
  for (const folder of DATA_FOLDERS) eraseEmptyFolder(join(directory, folder));
  return cleared;
}

function eraseData(directory: string, onProgress: OnProgress): ClearedData {
  const found = DATA_FOLDERS.map((folder) => findData(directory, folder));
  const files = found.flatMap((data) => data.files);
  const removed = new Set<string>();
  const left = files.filter(({ path, name }, at) => {
    const isRemoved = eraseFile(path);
    if (isRemoved) removed.add(name);
    onProgress(at + 1, files.length);
    return !isRemoved;
  });
  // A process that counts may have given a file its last name meanwhile.
  for (const { path } of findData(directory, USAGE_FOLDER).files) eraseFile(path);
  removeNotesOf(directory, removed);
  return {
    deletedFiles: files.length - left.length,
    failed: [...left.map(({ name }) => name), ...found.flatMap(({ unreadable }) => unreadable)],
  };
}
