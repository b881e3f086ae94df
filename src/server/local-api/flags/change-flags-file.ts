import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  lstatSync,
  readFileSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { quietly, replaceFile, TelemetryError, withFileLock } from '../../../internal/index.js';
import { readFlagsFile } from '../../../settings/index.js';
import { editFlags, type FlagChanges } from './edit-flags.js';
import { parseFileText } from './file-text.js';

export type { FlagChanges } from './edit-flags.js';

/** What is read of a config file elsewhere: a larger one would count for nothing. */
const MAX_FILE_BYTES = 65_536;
const OWNER_WRITES = 0o200;

/**
 * Set flags in an app's config file, which is made where there is none (0600). A link is followed, the file is replaced
 * whole, and its permissions stay.
 *
 * @param path - absolute
 * @throws {TelemetryError} `CONFIG_FILE_NOT_JSON`, `CONFIG_FILE_UNREADABLE` or `CONFIG_FILE_NOT_WRITABLE`; nothing was
 *   written then
 */
export function changeFlagsFile(path: string, changes: FlagChanges): void {
  if (path.toLowerCase().endsWith('.toml')) {
    throw new TelemetryError(
      'CONFIG_FILE_NOT_JSON',
      'The config file of the app is TOML, which is not changed from here. Edit it by hand.',
    );
  }
  if (Object.keys(changes).length === 0) return;
  try {
    const file = followLinks(path);
    withFileLock(file, () => rewrite(file, path, changes));
  } catch (error) {
    throw error instanceof TelemetryError ? error : notWritable(error);
  }
}

/** @param path - by which it is read, which says its format */
function rewrite(file: string, path: string, changes: FlagChanges): void {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats && (!stats.isFile() || stats.size > MAX_FILE_BYTES)) throw unreadable();
  const { text, toBytes } = parseFileText(stats ? readFileSync(file) : Buffer.alloc(0));
  if (text.trim() !== '' && isUnreadable(path)) throw unreadable();
  const edited = editFlags(text, changes);
  if (edited === undefined) throw unreadable();
  if (stats && edited === text) return;
  const bytes = toBytes(edited);
  if (bytes.length > MAX_FILE_BYTES) throw unreadable();
  if (stats) assertWritable(file, stats);
  replaceFile(file, bytes, (temporary) => stats && keepRights(temporary, stats));
}

/** Whatever its flags are read from can be changed, and nothing else: it would not count. */
function isUnreadable(path: string): boolean {
  return readFlagsFile([{ kind: 'app', path, shown: path }])?.status === 'unreadable';
}

/** It is replaced by its folder's leave; but whoever made it read-only wants it to stay. */
function assertWritable(file: string, { mode }: Stats): void {
  if ((mode & OWNER_WRITES) === 0) throw notWritable();
  accessSync(file, constants.W_OK);
}

/** The file that a path leads to, which may not be there yet. */
function followLinks(path: string): string {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return path;
  try {
    return realpathSync(path);
  } catch {
    // A link that leads nowhere: what it was meant to lead to is not for us to make.
    throw unreadable();
  }
}

/** Gives a file the owner and the permissions of the one whose place it takes. */
function keepRights(path: string, { uid, gid, mode }: Stats): void {
  // Only root may give it to another user, and only root could take it away from them.
  quietly(() => chownSync(path, uid, gid));
  chmodSync(path, mode & 0o7777);
}

function unreadable(): TelemetryError {
  return new TelemetryError(
    'CONFIG_FILE_UNREADABLE',
    'The config file of the app cannot be changed safely: it is no plain JSON object of at most 64 KB, or says something twice. Nothing was written. Repair it, and try again.',
  );
}

function notWritable(cause?: unknown): TelemetryError {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  return new TelemetryError(
    'CONFIG_FILE_NOT_WRITABLE',
    `The config file of the app cannot be written${code === undefined ? '' : ` (${code})`}, and is unchanged. See that you may write it and its folder, and try again.`,
    { cause },
  );
}
