import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { toIso } from '../../internal/index.js';
import { appendLines } from './append-lines.js';
import type { EventTexts } from './event-texts.js';
import { formatLedgerFileName } from './file-name.js';
import { LineChain } from './line-chain.js';
import type { Outcome } from './lines.js';
import { type Acknowledgement, openFlagsRequest, openHeader, openRecord } from './open-line.js';

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
  readonly #chain: LineChain;
  #bytesOnDisk = 0;
  #inode: number | undefined;
  /** The number of the next write. */
  #nextWrite = 0;
  /** What earlier writes added is no longer there. */
  #firstKeptWrite = 0;

  constructor(start: SessionFileStart) {
    const { session, sessionStartedAtMs, startedAtMs, part, appVersion } = start;
    this.start = start;
    this.name = formatLedgerFileName(sessionStartedAtMs, session, part);
    this.#chain = new LineChain(() => openHeader(session, toIso(startedAtMs), appVersion ?? null));
  }

  /** Whether nothing of it was written yet. */
  get isNew(): boolean {
    return this.#nextWrite === 0;
  }

  /** With what has not been written yet; about. */
  get bytes(): number {
    return this.#bytesOnDisk + this.#chain.length;
  }

  /** @returns the number of the write that will add it, for {@link keeps} */
  addRecord(atMs: number, uuid: string, texts: EventTexts): number {
    this.#chain.addRecord(openRecord(toIso(atMs), texts), uuid);
    return this.#nextWrite;
  }

  addFlagsRequest(atMs: number, distinctId: string): void {
    this.#chain.add(openFlagsRequest(toIso(atMs), distinctId));
  }

  /** How events of this file ended. */
  addEnd(atMs: number, outcome: Outcome, uuids: readonly string[], proof?: Acknowledgement): void {
    this.#chain.addEnd({ time: toIso(atMs), outcome, uuids, proof });
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
    const place = { folder, name: this.name, mayBegin: this.#chain.isNeeded };
    const file = appendLines(place, (isFirst) => this.#chain.link(isFirst));
    this.#chain.forget(file !== undefined);
    if (!file || !this.#isSame(file.inode, file.bytesBefore)) this.#firstKeptWrite = this.#nextWrite;
    this.#inode = file?.inode;
    this.#bytesOnDisk = file?.bytes ?? 0;
    this.#nextWrite += 1;
  }

  /** One that was removed and begun again may have the same inode, but it begins small. */
  #isSame(inode: number, bytes: number): boolean {
    return inode === this.#inode && bytes >= this.#bytesOnDisk;
  }
}
