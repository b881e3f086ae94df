import { join } from 'node:path';
import { readSmallFile, type SmallFile } from '../../internal/index.js';
import type { CatalogFile } from './catalog-files.js';

/** What is to be said of a file: it says what the code says; it does not; there is none; it is not ours to replace. */
export type FileState = 'current' | 'stale' | 'missing' | 'foreign' | 'unfit';

export interface SeenFile {
  readonly name: string;
  readonly path: string;
  readonly state: FileState;
  /** What it has to hold. */
  readonly expected: string;
  /** Its permissions; undefined where there is none. */
  readonly mode: number | undefined;
}

const MAX_FILE_BYTES = 16_777_216;

/** Look at the files in a folder. Reads; follows no links. Those with nothing to keep up to date are left out. */
export function lookAtFiles(folder: string, files: readonly CatalogFile[]): readonly SeenFile[] {
  return files.flatMap((file) => lookAtFile(join(folder, file.name), file) ?? []);
}

function lookAtFile(path: string, file: CatalogFile): SeenFile | undefined {
  const found = readSmallFile(path, MAX_FILE_BYTES);
  const current =
    found.status === 'found' ? new TextDecoder().decode(found.bytes).replaceAll('\r\n', '\n') : undefined;
  const expected = file.expected(current);
  if (expected === undefined) return undefined;
  const mode = found.status === 'found' ? found.mode : undefined;
  return { name: file.name, path, state: stateOf(found.status, current, expected, file), expected, mode };
}

function stateOf(
  status: SmallFile['status'],
  current: string | undefined,
  expected: string,
  { isOwn }: CatalogFile,
): FileState {
  if (status === 'absent') return 'missing';
  if (current === undefined) return 'unfit';
  if (current === expected) return 'current';
  return isOwn(current) ? 'stale' : 'foreign';
}
