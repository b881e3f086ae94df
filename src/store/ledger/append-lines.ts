import {
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { makeDirectory } from '../../internal/index.js';
import { isOwnPlace } from '../is-own.js';

// Links are not followed: they may lead out of the folder. Pipes are not waited for. Windows knows neither flag.
const OPEN_FLAGS =
  constants.O_RDWR | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const READABLE_BY_OTHERS = 0o077;
const NEWLINE = 0x0a;

/** Where lines go. */
export interface LinesPlace {
  /**
   * A folder, not a link to one. It is made when needed (0700), and so is what it stands in; others can write to neither,
   * and cannot read it once a file in it is begun.
   */
  readonly folder: string;
  readonly name: string;
  /** What a new file starts with (0600). Undefined: none is made, and the lines go nowhere where there is no file. */
  readonly header: string | undefined;
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
 * @param lines - each with its newline
 * @returns undefined when there is no file and none may be made
 * @throws the file system's error, or one that says that the place is no file, no folder, not safe from others or full. A
 *   line may then be half written; readers survive that, and the next lines start on a new one
 */
export function appendLines({ folder, name, header }: LinesPlace, lines: string): AppendedTo | undefined {
  const isNew = header !== undefined;
  if (!hasFolder(folder, isNew)) return undefined;
  const descriptor = open(join(folder, name), isNew);
  if (descriptor === undefined) return undefined;
  try {
    const file = fstatSync(descriptor);
    if (!file.isFile()) throw new Error('The place of a file is taken by something else.');
    const start = file.size === 0 ? (header ?? '') : endOfTornLine(descriptor, file.size);
    const bytes = Buffer.from(start + lines);
    // What is missing of a short write could only follow after the lines of another process.
    if (writeSync(descriptor, bytes) < bytes.length) throw new Error('There is no space left.');
    return { inode: file.ino, bytesBefore: file.size, bytes: file.size + bytes.length };
  } finally {
    closeSync(descriptor);
  }
}

function hasFolder(folder: string, mayCreate: boolean): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (!found && !mayCreate) return false;
  refuseOthersPlace(dirname(folder));
  if (!found) {
    makeDirectory(folder);
    // Somebody else may have made what it stands in meanwhile.
    refuseOthersPlace(dirname(folder));
    return true;
  }
  if (!found.isDirectory()) throw new Error('The place of a folder is taken by something else.');
  refuseOthersPlace(folder);
  if (mayCreate && found.uid === process.geteuid?.() && (found.mode & READABLE_BY_OTHERS) !== 0)
    chmodSync(folder, 0o700);
  return true;
}

function refuseOthersPlace(path: string): void {
  if (!isOwnPlace(path)) throw new Error('Others can write to the folder.');
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
