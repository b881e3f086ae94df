import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/**
 * What stands under a path: a readable file of ours; nothing; something that can never be one (a link, a folder, a pipe, a
 * file too large); or something that may be one but cannot be read, for lack of permission for example.
 */
export type SmallFile =
  | { readonly status: 'found'; readonly bytes: Uint8Array }
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
      if (!file.isFile() || file.size > maxBytes) return { status: 'unfit' };
      return { status: 'found', bytes: new Uint8Array(readFileSync(descriptor)) };
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return { status: statusOf(error) };
  }
}

function statusOf(error: unknown): 'absent' | 'unfit' | 'unreadable' {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'absent';
  // What opening a link without following it gives; the second on BSD.
  return code === 'ELOOP' || code === 'EMLINK' ? 'unfit' : 'unreadable';
}
