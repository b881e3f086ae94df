import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { readAtMost } from './read-at-most.js';

/**
 * What stands under a path: a readable file of ours; nothing; something that can never be one (a link, a folder, a pipe, a
 * file too large); or something that may be one but cannot be read, for lack of permission for example.
 */
export type SmallFile =
  /** `uid` is the id of the user it belongs to, 0 on Windows, which has no such ids; `mode` is its kind and permissions. */
  | { readonly status: 'found'; readonly bytes: Uint8Array; readonly uid: number; readonly mode: number }
  | { readonly status: 'absent' }
  | { readonly status: 'unfit' }
  | { readonly status: 'unreadable' };

// Links are not followed: they may lead out of the directory. Pipes are not waited for. Windows knows neither flag.
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Read a file of at most `maxBytes`. Never throws, never waits, never reads more. */
export function readSmallFile(path: string, maxBytes: number): SmallFile {
  try {
    const descriptor = openSync(path, OPEN_FLAGS);
    try {
      const file = fstatSync(descriptor);
      const bytes = file.isFile() ? readAtMost(descriptor, maxBytes) : undefined;
      if (bytes === undefined) return { status: 'unfit' };
      return { status: 'found', bytes, uid: file.uid, mode: file.mode };
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return { status: statusOf(error) };
  }
}

function statusOf(error: unknown): 'absent' | 'unfit' | 'unreadable' {
  const { code } = error as NodeJS.ErrnoException;
  // The second one where a file stands in the place of a directory: nothing can be below it.
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'absent';
  // What opening a link without following it gives; the second on BSD.
  return code === 'ELOOP' || code === 'EMLINK' ? 'unfit' : 'unreadable';
}
