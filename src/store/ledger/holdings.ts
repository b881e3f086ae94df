import type { SpoolNotes } from '../spool/spool-notes.js';
import type { Place } from './place.js';
import type { OnRemoved, RemovalReason } from './retention.js';
import type { SessionFile } from './session-file.js';

/** Events of one file that this process recorded and that have not ended. */
interface Holding {
  readonly file: SessionFile;
  /** Those that this process will send: the places where there are any. */
  readonly own: Set<Place>;
  /** How many somebody else will send. */
  left: number;
}

/** A file that this process has let go of. */
interface Released {
  /** How many of its events were left in it. */
  readonly left: number;
  /** How large it was then. Undefined: others had their hands on it before. */
  readonly bytes: number | undefined;
}

/** Knows which files of the ledger hold events of this process that wait, and tells the spool. Never throws. */
export class Holdings {
  readonly #notes: SpoolNotes | undefined;
  readonly #files = new Map<string, Holding>();
  readonly #released = new Map<string, Released>();

  /** @param notes - undefined where nothing is ever sent: then nothing is kept here */
  constructor(notes: SpoolNotes | undefined) {
    this.#notes = notes;
  }

  /** Where events of this process stand, but for those that were left. */
  get places(): readonly Place[] {
    return [...this.#files.values()].flatMap(({ own }) => [...own]);
  }

  /** An event was added to a file, and this process will send it. */
  add(place: Place): void {
    if (!this.#notes) return;
    const { file } = place;
    const holding = this.#files.get(file.name) ?? { file, own: new Set(), left: 0 };
    place.events += 1;
    holding.own.add(place);
    this.#files.set(file.name, holding);
  }

  /** An event is in this process's hands at this place no longer: it ended, or was added to the file again. */
  settle(place: Place): void {
    this.#take(place);
  }

  /**
   * This process will not send an event.
   *
   * @returns `left` when it stands in its file, for others to send; why it stands nowhere, and cannot be left to anybody; or
   *   undefined when it is not this process's any more
   */
  leave(place: Place): 'left' | RemovalReason | undefined {
    const holding = this.#take(place);
    if (!holding) return undefined;
    if (place.gone !== undefined) return place.gone;
    holding.left += 1;
    return 'left';
  }

  /** Before the lines of a file are written, so that a crash in between leaves a note too many rather than one too few; and after. */
  hold(fileName: string): void {
    const holding = this.#files.get(fileName);
    if (holding && stands(holding)) this.#notes?.hold(fileName);
  }

  /** Let go of the files of which nothing is in this process's hands. @param current - this one may get more */
  tidy(current: string | undefined): void {
    for (const [fileName, holding] of this.#files)
      if (holding.own.size === 0 && fileName !== current) this.#letGo(holding);
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
    const lost = holding.left;
    holding.left = 0;
    for (const place of holding.own) place.gone = reason;
    return lost;
  }

  /**
   * How many events wait in a file that this process had let go of, as far as that is known without reading it.
   *
   * @param bytes - its size. Whoever sent some of them since has added a line about that
   */
  waitingIn(fileName: string, bytes: number): number | undefined {
    const released = this.#released.get(fileName);
    return released?.bytes === bytes ? released.left : undefined;
  }

  /** A file that this process had let go of was removed. @returns how many events it had left there */
  takeReleased(fileName: string): number {
    const left = this.#released.get(fileName)?.left ?? 0;
    this.#released.delete(fileName);
    return left;
  }

  /** This process ends: what has not ended is left to others. @param onLost - told of what stands nowhere */
  close(onLost: OnRemoved): void {
    for (const holding of this.#files.values()) {
      for (const place of holding.own) {
        if (place.gone === undefined) continue;
        holding.own.delete(place);
        onLost(place.gone, place.events, 0);
      }
      this.#letGo(holding);
    }
  }

  /** Nothing of it may ever be sent. @returns how many events were left to others before */
  discard(): number {
    let all = 0;
    for (const [fileName, { left }] of this.#files) {
      all += left;
      this.#notes?.done(fileName);
    }
    this.#files.clear();
    return all;
  }

  /** @returns undefined where this process has nothing */
  #take(place: Place): Holding | undefined {
    const holding = this.#files.get(place.file.name);
    if (!holding?.own.has(place)) return undefined;
    place.events -= 1;
    if (place.events === 0) holding.own.delete(place);
    return holding;
  }

  #letGo(holding: Holding): void {
    const { file, left } = holding;
    if (stands(holding)) {
      const before = this.#released.get(file.name);
      this.#released.set(file.name, {
        left: left + (before?.left ?? 0),
        bytes: before ? undefined : file.bytes,
      });
      this.#notes?.release(file.name);
    } else {
      this.#notes?.done(file.name);
    }
    this.#files.delete(file.name);
  }
}

/** Whether anything that waits stands in the file. */
function stands({ own, left }: Holding): boolean {
  if (left > 0) return true;
  for (const { gone } of own) if (gone === undefined) return true;
  return false;
}
