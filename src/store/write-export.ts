import { link, lstat, open, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { randomId } from '../internal/index.js';
import { DATA_FOLDERS } from './data-files.js';
import { StoreError } from './errors.js';
import { isStateFile } from './file-names.js';
import { SPOOL_FOLDER } from './spool/note-name.js';
import { systemCodeOf, whyNotWritten } from './write-failure.js';
import { writePieces } from './write-pieces.js';

const OWN_FOLDERS: readonly string[] = [...DATA_FOLDERS, SPOOL_FOLDER];

export interface ExportFile {
  readonly path: string;
  /** Whether a file that is there already may be replaced. */
  readonly overwrite: boolean;
  /** The state directory, whose own files are never replaced. */
  readonly directory: string | undefined;
  /** Gives it up: nothing is left behind, and the signal's reason is thrown. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Write a file that is there whole or not at all, and that its user only can read (0600).
 *
 * @param pieces - of what it holds, in order; see {@link exportData} and {@link zipPieces}
 * @returns its size in bytes
 * @throws {StoreError} `STORE_EXISTS` when there is a file and it may not be replaced; `STORE_NOT_WRITABLE` when it cannot be
 *   written, when it would be among telemetry's own files, or when what stands there is no ordinary file: a folder, a link,
 *   a device. What was there is then unchanged
 */
export async function writeExport(
  { path, overwrite, directory, signal }: ExportFile,
  pieces: Iterable<string | Uint8Array>,
): Promise<number> {
  const temporary = `${path}.${randomId()}.tmp`;
  try {
    if (directory !== undefined && (await isAmongOwnFiles(path, directory)))
      throw notWritable('telemetry keeps files of its own there');
    await refuseToReplace(path, overwrite);
    const bytes = await writeWhole(temporary, pieces, signal);
    await publish(temporary, path, overwrite);
    return bytes;
  } catch (error) {
    throw toStoreError(error);
  } finally {
    await rm(temporary, { force: true }).catch(() => {});
  }
}

/** By where the folders really are, because links may lead to them. */
async function isAmongOwnFiles(path: string, directory: string): Promise<boolean> {
  const [folder, state] = await Promise.all([
    realpath(dirname(resolve(path))),
    realpath(directory).catch(() => undefined),
  ]);
  if (state === undefined) return false;
  const [first = '', ...below] = relative(state, join(folder, basename(path))).split(sep);
  const isInOwnFolder = OWN_FOLDERS.includes(first.toLowerCase());
  return isInOwnFolder || (below.length === 0 && isStateFile(first));
}

async function refuseToReplace(path: string, overwrite: boolean): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isFile()) throw notWritable('what is there is no ordinary file');
  if (!overwrite) throw exists();
}

async function writeWhole(
  path: string,
  pieces: Iterable<string | Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<number> {
  const file = await open(path, 'wx', 0o600);
  try {
    return await writePieces(file, pieces, signal);
  } finally {
    await file.close();
  }
}

/** A link can be made only where there is nothing, whoever else is writing there; not every file system has them. */
async function publish(temporary: string, path: string, overwrite: boolean): Promise<void> {
  if (overwrite) return rename(temporary, path);
  try {
    await link(temporary, path);
  } catch (error) {
    if (systemCodeOf(error) === 'EEXIST') throw exists();
    await refuseToReplace(path, overwrite);
    await rename(temporary, path);
  }
}

/** What the file system says becomes ours; anything else, as the reason of the signal, stays as it is. */
function toStoreError(error: unknown): unknown {
  const reason = error instanceof StoreError ? undefined : whyNotWritten(error);
  return reason === undefined ? error : notWritable(reason, error);
}

const exists = () =>
  new StoreError(
    'STORE_EXISTS',
    'The data was not exported: there is a file of this name, and it was left as it is. ' +
      'Choose another name, or allow it to be overwritten.',
  );

const notWritable = (reason: string, cause?: unknown) =>
  new StoreError(
    'STORE_NOT_WRITABLE',
    `The data was not exported: the file cannot be written, because ${reason}. Choose another place.`,
    { cause },
  );
