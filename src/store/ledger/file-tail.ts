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
   * Whole lines that were added since the last call; all of a file that was begun again meanwhile. None when it cannot be
   * read. Never throws.
   */
  readLines(): readonly string[] {
    try {
      const descriptor = openSync(this.#path, OPEN_FLAGS);
      try {
        return this.#readFrom(descriptor);
      } finally {
        closeSync(descriptor);
      }
    } catch {
      return [];
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
