import { closeSync, constants, fstatSync, lstatSync, openSync, type Stats, statSync } from 'node:fs';
import { readAtMost } from '../internal/index.js';

/** The size, in bytes, of the largest file that is read. */
export const MAX_FILE_BYTES = 65_536;

/**
 * What stands under a path: a text; nothing; something that is no file; a file that cannot, or will not, be read; or nobody
 * knows what, for lack of the right to look.
 */
export type SmallTextFile =
  /** `isForeign` says whether it, or a link that stands in its place, belongs to another user; never on Windows. */
  | { readonly status: 'found'; readonly text: string; readonly isForeign: boolean }
  | { readonly status: 'absent' | 'no_file' | 'unreadable' | 'hidden' };

// Should a pipe or a terminal take the file's place meanwhile, it is not waited for. Windows knows none of these.
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/**
 * Read a text file that a person may have written. Never throws, never waits, never reads more than 64 KB. Links are
 * followed.
 *
 * @remarks Only a regular file is opened: opening a device may do something.
 */
export function readSmallTextFile(path: string): SmallTextFile {
  try {
    const entry = lstatSync(path, { throwIfNoEntry: false });
    const isLink = entry?.isSymbolicLink() === true;
    const file = isLink ? statSync(path, { throwIfNoEntry: false }) : entry;
    if (entry === undefined || file === undefined) return { status: 'absent' };
    if (!file.isFile()) return { status: 'no_file' };
    // What was no link must not have become one since: nobody looked at whose that is.
    return readFrom(openSync(path, isLink ? OPEN_FLAGS : OPEN_FLAGS | (constants.O_NOFOLLOW ?? 0)), entry);
  } catch (error) {
    return { status: statusOf(error) };
  }
}

/** Whether something belongs neither to this user nor to root. */
export function isForeign({ uid }: Stats): boolean {
  // Windows has no such ids, and tells 0.
  return uid !== 0 && uid !== process.geteuid?.();
}

/** What an error of the file system says about a path. */
export function statusOf(error: unknown): 'absent' | 'unreadable' | 'hidden' {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return 'absent';
  // The last one is Node's own, where it was started with few permissions.
  const isForbidden = code === 'EACCES' || code === 'EPERM' || code === 'ERR_ACCESS_DENIED';
  return isForbidden && syscall !== 'open' ? 'hidden' : 'unreadable';
}

/** @param entry - what stands under the path itself: the file, or a link to it */
function readFrom(descriptor: number, entry: Stats): SmallTextFile {
  try {
    const file = fstatSync(descriptor);
    if (!file.isFile()) return { status: 'no_file' };
    const bytes = readAtMost(descriptor, MAX_FILE_BYTES);
    if (bytes === undefined) return { status: 'unreadable' };
    return {
      status: 'found',
      text: decode(Buffer.from(bytes)),
      isForeign: isForeign(file) || isForeign(entry),
    };
  } finally {
    closeSync(descriptor);
  }
}

/** UTF-8, or UTF-16 with the mark that Windows PowerShell writes when it redirects into a file. Without the mark itself. */
function decode(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
}
