import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { appendLines } from './append-lines.js';
import { formatLedgerFileName } from './file-name.js';
import {
  formatEnd,
  formatFlagsRequest,
  formatHeader,
  formatRecord,
  type Outcome,
  type WireRecord,
} from './lines.js';

export interface SessionFileStart {
  readonly session: string;
  /** When the session was first written. */
  readonly sessionStartedAtMs: number;
  /** When this part of it was. */
  readonly startedAtMs: number;
  /** From 1. */
  readonly part: number;
  readonly appVersion: string | undefined;
}

/** One file of the ledger while this process writes it: collects lines, and adds them to the file in one go. */
export class SessionFile {
  readonly start: SessionFileStart;
  readonly name: string;
  #lines = '';
  #isNeeded = false;
  #bytesOnDisk = 0;
  #inode: number | undefined;
  /** The number of the next write. */
  #nextWrite = 0;
  /** What earlier writes added is no longer there. */
  #firstKeptWrite = 0;

  constructor(start: SessionFileStart) {
    this.start = start;
    this.name = formatLedgerFileName(start.sessionStartedAtMs, start.session, start.part);
  }

  /** Whether nothing of it was written yet. */
  get isNew(): boolean {
    return this.#nextWrite === 0;
  }

  /** With what has not been written yet; about. */
  get bytes(): number {
    return this.#bytesOnDisk + this.#lines.length;
  }

  /** @returns the number of the write that will add it, for {@link keeps} */
  addRecord(atMs: number, record: WireRecord): number {
    this.#lines += formatRecord(atMs, record);
    this.#isNeeded = true;
    return this.#nextWrite;
  }

  addFlagsRequest(atMs: number, distinctId: string): void {
    this.#lines += formatFlagsRequest(atMs, distinctId);
    this.#isNeeded = true;
  }

  /** How events of this file ended. */
  addEnd(atMs: number, outcome: Outcome, uuids: readonly string[]): void {
    this.#lines += formatEnd(atMs, outcome, uuids);
  }

  /** Has a write been made, and not failed? */
  isWritten(write: number): boolean {
    return write < this.#nextWrite;
  }

  /** Is what a write added still there? As of the last {@link write} or {@link look}. */
  keeps(write: number): boolean {
    return write >= this.#firstKeptWrite;
  }

  /** See whether the file is still there. @throws the file system's error */
  look(folder: string): void {
    const found = lstatSync(join(folder, this.name), { throwIfNoEntry: false });
    if (!found || !this.#isSame(found.ino, found.size)) this.#firstKeptWrite = this.#nextWrite;
  }

  /**
   * Add the collected lines to the file. One that vanished is begun again, unless there is nothing but how events ended: whoever
   * removed them does not want to see that.
   *
   * @throws as {@link appendLines}
   */
  write(folder: string): void {
    const { session, startedAtMs, appVersion } = this.start;
    const header = this.#isNeeded ? formatHeader(session, startedAtMs, appVersion) : undefined;
    const file = appendLines({ folder, name: this.name, header }, this.#lines);
    if (!file || !this.#isSame(file.inode, file.bytesBefore)) this.#firstKeptWrite = this.#nextWrite;
    this.#inode = file?.inode;
    this.#bytesOnDisk = file?.bytes ?? 0;
    this.#lines = '';
    this.#isNeeded = false;
    this.#nextWrite += 1;
  }

  /** One that was removed and begun again may have the same inode, but it begins small. */
  #isSame(inode: number, bytes: number): boolean {
    return inode === this.#inode && bytes >= this.#bytesOnDisk;
  }
}
