import type { SpoolNotes } from '../spool/spool-notes.js';
import type { OnRemoved, RemovalReason } from './retention.js';

/** Events of one file that this process recorded and that have not ended, by uuid. */
interface Holding {
  /** This process will send them. */
  readonly own: Set<string>;
  /** Somebody else will. */
  readonly left: Set<string>;
  /** The file is gone, and none of its events has been written again. */
  removedFor: RemovalReason | undefined;
}

/** Knows which files of the ledger hold events of this process that wait, and tells the spool. Never throws. */
export class Holdings {
  readonly #notes: SpoolNotes | undefined;
  readonly #files = new Map<string, Holding>();

  /** @param notes - undefined where nothing is ever sent: then nothing is kept here */
  constructor(notes: SpoolNotes | undefined) {
    this.#notes = notes;
  }

  /** An event was added to a file, and this process will send it. */
  add(fileName: string, uuid: string): void {
    if (!this.#notes) return;
    const holding = this.#files.get(fileName) ?? { own: new Set(), left: new Set(), removedFor: undefined };
    holding.own.add(uuid);
    holding.removedFor = undefined;
    this.#files.set(fileName, holding);
  }

  settle(fileName: string, uuids: readonly string[]): void {
    const holding = this.#files.get(fileName);
    if (!holding) return;
    for (const uuid of uuids) {
      holding.own.delete(uuid);
      holding.left.delete(uuid);
    }
  }

  leave(fileName: string, uuids: readonly string[]): void {
    const holding = this.#files.get(fileName);
    if (!holding) return;
    for (const uuid of uuids) if (holding.own.delete(uuid)) holding.left.add(uuid);
  }

  /** Before the lines of a file are written, so that a crash in between leaves a note too many rather than one too few; and after. */
  hold(fileName: string): void {
    const holding = this.#files.get(fileName);
    if (holding && waits(holding) && !holding.removedFor) this.#notes?.hold(fileName);
  }

  /** Let go of the files of which nothing is in this process's hands. @param current - this one may get more */
  tidy(current: string | undefined): void {
    for (const [fileName, { own }] of this.#files)
      if (own.size === 0 && fileName !== current) this.#letGo(fileName);
  }

  /** Whether events of a file are this process's. */
  has(fileName: string): boolean {
    return this.#files.has(fileName);
  }

  /**
   * A file was removed. What this process will send it still has in memory, and writes again before.
   *
   * @returns how many events of this process are lost with it
   */
  remove(fileName: string, reason: RemovalReason): number {
    const holding = this.#files.get(fileName);
    if (!holding) return 0;
    const lost = holding.left.size;
    holding.left.clear();
    holding.removedFor = reason;
    return lost;
  }

  /** This process ends: what has not ended is left to others. @param onLost - told of what stands nowhere */
  close(onLost: OnRemoved): void {
    for (const [fileName, { own, removedFor }] of this.#files) {
      if (removedFor && own.size > 0) onLost(removedFor, own.size);
      this.#letGo(fileName);
    }
  }

  /** Nothing of it may ever be sent. */
  discard(): void {
    for (const fileName of this.#files.keys()) this.#notes?.done(fileName);
    this.#files.clear();
  }

  #letGo(fileName: string): void {
    const holding = this.#files.get(fileName);
    if (holding && waits(holding) && !holding.removedFor) this.#notes?.release(fileName);
    else this.#notes?.done(fileName);
    this.#files.delete(fileName);
  }
}

const waits = ({ own, left }: Holding): boolean => own.size + left.size > 0;
