import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { hasOwnFolder } from '../own-folder.js';

// Links are not followed: they may lead out of the folder. Pipes are not waited for. Windows knows neither flag.
const OPEN_FLAGS =
  constants.O_RDWR | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const NEWLINE = 0x0a;

/** Where lines go. */
export interface LinesPlace {
  /**
   * A folder, not a link to one. It is made when needed (0700), and so is what it stands in; others can write to neither,
   * and cannot read it once a file in it is begun.
   */
  readonly folder: string;
  readonly name: string;
  /** Whether a new file (0600) is made where there is none; otherwise the lines go nowhere then. */
  readonly mayBegin: boolean;
}

/** What became of a file. */
export interface AppendedTo {
  readonly inode: number;
  readonly bytesBefore: number;
  /** Now. */
  readonly bytes: number;
}

/**
 * Add whole lines to the end of a file, all of them in one write: lines of several processes never mix.
 *
 * @param toLines - what to add, each line with its newline; told whether the file begins with it
 * @returns undefined when there is no file and none may be made
 * @throws the file system's error, or one that says that the place is no file, no folder, not safe from others or full. A
 *   line may then be half written; readers survive that, and the next lines start on a new one
 */
export function appendLines(
  { folder, name, mayBegin }: LinesPlace,
  toLines: (isFirst: boolean) => string,
): AppendedTo | undefined {
  if (!hasOwnFolder(folder, mayBegin)) return undefined;
  const descriptor = open(join(folder, name), mayBegin);
  if (descriptor === undefined) return undefined;
  try {
    const file = fstatSync(descriptor);
    if (!file.isFile()) throw new Error('The place of a file is taken by something else.');
    const isFirst = file.size === 0;
    const start = isFirst ? '' : endOfTornLine(descriptor, file.size);
    const bytes = Buffer.from(start + toLines(isFirst));
    // What is missing of a short write could only follow after the lines of another process.
    if (writeSync(descriptor, bytes) < bytes.length) throw new Error('There is no space left.');
    return { inode: file.ino, bytesBefore: file.size, bytes: file.size + bytes.length };
  } finally {
    closeSync(descriptor);
  }
}

function open(path: string, mayCreate: boolean): number | undefined {
  try {
    return openSync(path, mayCreate ? OPEN_FLAGS | constants.O_CREAT : OPEN_FLAGS, 0o600);
  } catch (error) {
    if (!mayCreate && (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A process that was killed while it wrote leaves a line without its newline. */
function endOfTornLine(descriptor: number, size: number): '' | '\n' {
  const last = Buffer.alloc(1);
  readSync(descriptor, last, 0, 1, size - 1);
  return last[0] === NEWLINE ? '' : '\n';
}
