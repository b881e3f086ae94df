import type { SpoolNotes } from '../spool/spool-notes.js';
import type { OnRemoved, RemovalReason } from './retention.js';

/** Events of one file that this process recorded and that have not ended, by uuid. */
interface Holding {
  /** This process will send them. */
  readonly own: Set<string>;
  /** Those of them that stand nowhere any more, and why: they are in memory only. */
  readonly gone: Map<string, RemovalReason>;
  /** Somebody else will send them. */
  readonly left: Set<string>;
}

/** Knows which files of the ledger hold events of this process that wait, and tells the spool. Never throws. */
export class Holdings {
  readonly #notes: SpoolNotes | undefined;
  readonly #files = new Map<string, Holding>();
  /** How many events of this process were left in files that it has let go of. */
  readonly #released = new Map<string, number>();

  /** @param notes - undefined where nothing is ever sent: then nothing is kept here */
  constructor(notes: SpoolNotes | undefined) {
    this.#notes = notes;
  }

  /** An event was added to a file, and this process will send it. */
  add(fileName: string, uuid: string): void {
    if (!this.#notes) return;
    const holding = this.#files.get(fileName) ?? { own: new Set(), gone: new Map(), left: new Set() };
    holding.own.add(uuid);
    holding.gone.delete(uuid);
    this.#files.set(fileName, holding);
  }

  settle(fileName: string, uuids: readonly string[]): void {
    const holding = this.#files.get(fileName);
    if (!holding) return;
    for (const uuid of uuids) {
      holding.own.delete(uuid);
      holding.gone.delete(uuid);
      holding.left.delete(uuid);
    }
  }

  /**
   * This process will not send these.
   *
   * @param onLost - told of what stands nowhere any more, and so cannot be left to anybody
   * @returns how many stand in the file, for others to send
   */
  leave(fileName: string, uuids: readonly string[], onLost: OnRemoved): number {
    const holding = this.#files.get(fileName);
    if (!holding) return 0;
    const own = uuids.filter((uuid) => holding.own.delete(uuid));
    const standing = own.filter((uuid) => !holding.gone.has(uuid));
    for (const uuid of standing) holding.left.add(uuid);
    tellGone(holding, own, onLost);
    return standing.length;
  }

  /** Before the lines of a file are written, so that a crash in between leaves a note too many rather than one too few; and after. */
  hold(fileName: string): void {
    const holding = this.#files.get(fileName);
    if (holding && stands(holding)) this.#notes?.hold(fileName);
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
    for (const uuid of holding.own) holding.gone.set(uuid, reason);
    return lost;
  }

  /** A file that this process had let go of was removed. @returns how many events it had left there */
  takeReleased(fileName: string): number {
    const left = this.#released.get(fileName) ?? 0;
    this.#released.delete(fileName);
    return left;
  }

  /** These stand nowhere: they could not be written, or somebody removed them. */
  miss(fileName: string, uuids: readonly string[]): void {
    const holding = this.#files.get(fileName);
    for (const uuid of uuids)
      if (holding?.own.has(uuid) && !holding.gone.has(uuid)) holding.gone.set(uuid, 'store_unusable');
  }

  /** This process ends: what has not ended is left to others. @param onLost - told of what stands nowhere */
  close(onLost: OnRemoved): void {
    for (const [fileName, holding] of this.#files) {
      tellGone(holding, [...holding.own], onLost);
      this.#letGo(fileName);
    }
  }

  /** Nothing of it may ever be sent. @returns how many events were left to others before */
  discard(): number {
    let left = 0;
    for (const [fileName, holding] of this.#files) {
      left += holding.left.size;
      this.#notes?.done(fileName);
    }
    this.#files.clear();
    return left;
  }

  #letGo(fileName: string): void {
    const holding = this.#files.get(fileName);
    if (holding && stands(holding)) {
      this.#notes?.release(fileName);
      this.#released.set(fileName, holding.left.size);
    } else {
      this.#notes?.done(fileName);
    }
    this.#files.delete(fileName);
  }
}

/** Whether anything that waits stands in the file. */
const stands = ({ own, gone, left }: Holding): boolean => own.size - gone.size + left.size > 0;

function tellGone({ own, gone }: Holding, uuids: readonly string[], onLost: OnRemoved): void {
  const lost = new Map<RemovalReason, number>();
  for (const uuid of uuids) {
    const reason = gone.get(uuid);
    if (reason === undefined) continue;
    own.delete(uuid);
    gone.delete(uuid);
    lost.set(reason, (lost.get(reason) ?? 0) + 1);
  }
  for (const [reason, events] of lost) onLost(reason, events, 0);
}
