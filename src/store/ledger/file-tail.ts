import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const CHUNK_BYTES = 65_536;
const NEWLINE = 0x0a;

/** Reads what is added to a file of lines. */
export class FileTail {
  readonly #path: string;
  #inode: number | undefined;
  #offset = 0;
  /** The line that is not whole yet. */
  #rest = Buffer.alloc(0);

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Pass over what is there: only lines that are added or become whole from now on will be read.
   *
   * @returns the first line; undefined when there is none, it is longer than 64 KB, or the file cannot be read. Never throws
   */
  skip(): string | undefined {
    return this.#open((descriptor) => {
      const { ino, size } = fstatSync(descriptor);
      this.#restart(ino);
      const head = readChunk(descriptor, 0, size);
      const start = Math.max(0, size - CHUNK_BYTES);
      const last = readChunk(descriptor, start, size);
      const end = last.lastIndexOf(NEWLINE) + 1;
      this.#offset = start + last.length;
      this.#rest = Buffer.from(last.subarray(end));
      const firstEnd = head.indexOf(NEWLINE);
      return firstEnd < 0 ? undefined : head.toString('utf8', 0, firstEnd);
    });
  }

  /**
   * Whole lines that were added since the last call; all of a file that was begun again meanwhile. None when it cannot be
   * read. Never throws.
   */
  readLines(): readonly string[] {
    return this.#open((descriptor) => this.#readFrom(descriptor)) ?? [];
  }

  #open<Result>(read: (descriptor: number) => Result): Result | undefined {
    try {
      const descriptor = openSync(this.#path, OPEN_FLAGS);
      try {
        return read(descriptor);
      } finally {
        closeSync(descriptor);
      }
    } catch {
      return undefined;
    }
  }

  #readFrom(descriptor: number): readonly string[] {
    const { ino, size } = fstatSync(descriptor);
    if (ino !== this.#inode || size < this.#offset) this.#restart(ino);
    const lines: string[] = [];
    const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, size - this.#offset));
    while (this.#offset < size) {
      const length = readSync(descriptor, chunk, 0, chunk.length, this.#offset);
      if (length === 0) break;
      this.#offset += length;
      lines.push(...this.#takeLines(chunk.subarray(0, length)));
    }
    return lines;
  }

  #restart(inode: number): void {
    this.#inode = inode;
    this.#offset = 0;
    this.#rest = Buffer.alloc(0);
  }

  /** Cut at newlines before decoding: a chunk may end within a character. */
  #takeLines(chunk: Buffer): readonly string[] {
    const bytes = Buffer.concat([this.#rest, chunk]);
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    this.#rest = bytes.subarray(end);
    return bytes
      .toString('utf8', 0, end)
      .split('\n')
      .filter((line) => line !== '');
  }
}

/** From `start`, at most a chunk, and not beyond `size`. */
function readChunk(descriptor: number, start: number, size: number): Buffer {
  const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, size - start));
  return chunk.subarray(0, readSync(descriptor, chunk, 0, chunk.length, start));
}
