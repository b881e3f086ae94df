import type { RemovalReason } from './retention.js';
import type { SessionFile } from './session-file.js';

/** Where events stand that one write put into a file, all of them recorded in one millisecond. */
export class Place {
  readonly file: SessionFile;
  /** When they were recorded, since 1970. */
  readonly atMs: number;
  /** The number of the write. */
  readonly write: number;
  /** Those of them that this process will send. */
  events = 0;
  /** Why they stand nowhere any more, and are in memory only. */
  gone: RemovalReason | undefined;

  constructor(file: SessionFile, atMs: number, write: number) {
    this.file = file;
    this.atMs = atMs;
    this.write = write;
  }

  /** Whether it is the place of what is recorded now. */
  takes(file: SessionFile, atMs: number, write: number): boolean {
    return file === this.file && atMs === this.atMs && write === this.write && this.gone === undefined;
  }
}
