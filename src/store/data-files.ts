import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CRASH_FOLDER, isCrashFileName } from './crashes/crash-file-name.js';
import { BUNDLE_FOLDER, isBundleName } from './diagnostics/bundle-name.js';
import { isFolder } from './is-folder.js';
import { LEDGER_FOLDER, parseLedgerFileName } from './ledger/file-name.js';
import { isUsageFileName, USAGE_FOLDER } from './usage/file-name.js';

/** The folders of the state directory that hold what was recorded. */
export const DATA_FOLDERS = [LEDGER_FOLDER, CRASH_FOLDER, USAGE_FOLDER, BUNDLE_FOLDER] as const;
export type DataFolder = (typeof DATA_FOLDERS)[number];

export interface DataFile {
  /** Below its data folder, with `/` between folders. */
  readonly name: string;
  readonly path: string;
}

/** What is in a data folder. */
export interface FoundData {
  /** By name. Links count as files; what they lead to does not. */
  readonly files: readonly DataFile[];
  /** Names of folders that could not be listed; of the data folder itself too. */
  readonly unreadable: readonly string[];
}

const IS_OURS: Readonly<Record<DataFolder, (name: string) => boolean>> = {
  [LEDGER_FOLDER]: (name) => parseLedgerFileName(name) !== undefined,
  [CRASH_FOLDER]: isCrashFileName,
  [USAGE_FOLDER]: isUsageFileName,
  [BUNDLE_FOLDER]: isBundleName,
};

const NOTHING: FoundData = { files: [], unreadable: [] };

/**
 * Find the files of recorded data; of `crashes` those one folder further down too. The state
 * directory may be one that the user chose and shares with other files, so a file whose name is not exactly one that is
 * given here is not found.
 *
 * @returns nothing when there is no such folder, or a link in its place. Never throws
 */
export function findData(directory: string, folder: DataFolder): FoundData {
  const path = join(directory, folder);
  if (!isFolder(path)) return NOTHING;
  const isOurs = IS_OURS[folder];
  const direct = findIn(path, { prefix: '', label: folder, isOurs });
  if (folder !== CRASH_FOLDER) return direct;
  const entries = entriesOf(path) ?? [];
  const inside = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => findIn(join(path, name), { prefix: `${name}/`, label: `${name}/`, isOurs }));
  const found = [...inside, direct];
  return {
    files: found.flatMap(({ files }) => files).sort(byName),
    unreadable: found.flatMap(({ unreadable }) => unreadable),
  };
}

interface Search {
  readonly prefix: string;
  /** What the folder is called when it cannot be listed. */
  readonly label: string;
  readonly isOurs: (name: string) => boolean;
}

function findIn(path: string, { prefix, label, isOurs }: Search): FoundData {
  const entries = entriesOf(path);
  if (entries === undefined) return { ...NOTHING, unreadable: [label] };
  const files = entries
    .filter((entry) => !entry.isDirectory() && isOurs(entry.name))
    .map(({ name }) => ({ name: prefix + name, path: join(path, name) }));
  return { files: files.sort(byName), unreadable: [] };
}

/** None in what was removed meanwhile. Undefined when it cannot be listed. */
function entriesOf(path: string): readonly Dirent[] | undefined {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? [] : undefined;
  }
}

const byName = (a: DataFile, b: DataFile): number => (a.name < b.name ? -1 : 1);
