import { closeLine, hashAlone, hashInChain } from './close-line.js';
import type { Outcome } from './lines.js';
import { type Acknowledgement, type OpenLine, openEnd } from './open-line.js';

/** How events ended. */
export interface EventsEnd {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly outcome: Outcome;
  readonly uuids: readonly string[];
  readonly proof: Acknowledgement | undefined;
}

type Pending = OpenLine | EventsEnd;

/** As long as a hash and its name, and what an end of events has besides their uuids. */
const ABOUT_LENGTH = 80;
const UUID_LENGTH = 39;

/**
 * The lines that one process adds to a file. Each gets its hash when it is written, for only then it is known what it follows: a
 * file that vanished begins anew, with a header, and so does its chain.
 */
export class LineChain {
  readonly #toHeader: () => OpenLine;
  #pending: Pending[] = [];
  /** Of the records that were not written yet. */
  #uuids = new Set<string>();
  #length = 0;
  #isNeeded = false;
  /** The hash of the last line that was written, and what it will be after this write. */
  #last: string | undefined;
  #next: string | undefined;

  /** @param toHeader - the line that the chain begins with */
  constructor(toHeader: () => OpenLine) {
    this.#toHeader = toHeader;
  }

  /** Whether there is more to write than how events ended. */
  get isNeeded(): boolean {
    return this.#isNeeded;
  }

  /** About as long as what has not been written yet. */
  get length(): number {
    return this.#length;
  }

  addRecord(line: OpenLine, uuid: string): void {
    this.#uuids.add(uuid);
    this.add(line);
  }

  add(line: OpenLine): void {
    this.#pending.push(line);
    this.#length += line.text.length + ABOUT_LENGTH;
    this.#isNeeded = true;
  }

  addEnd(end: EventsEnd): void {
    this.#pending.push(end);
    this.#length += end.uuids.length * UUID_LENGTH + ABOUT_LENGTH;
  }

  /**
   * The text of what has not been written yet.
   *
   * @param isFirst - whether the file begins with it: then it does not tell how events ended that went with the last one
   * @remarks May be called again, when that could not be written.
   */
  link(isFirst: boolean): string {
    const header = this.#isNeeded && (isFirst || this.#last === undefined) ? this.#toHeader() : undefined;
    this.#next = header ? hashAlone(header) : this.#last;
    let text = header && this.#next !== undefined ? closeLine(header, this.#next) : '';
    for (const pending of this.#pending) {
      const line = 'text' in pending ? pending : this.#toEnd(pending, isFirst);
      if (line) text += this.#close(line);
    }
    return text;
  }

  /** @param isWritten - whether what {@link link} gave stands in the file now; otherwise there is no file */
  forget(isWritten: boolean): void {
    if (isWritten) this.#last = this.#next;
    this.#pending = [];
    this.#uuids = new Set();
    this.#length = 0;
    this.#isNeeded = false;
  }

  #close(line: OpenLine): string {
    const hash = this.#next === undefined ? hashAlone(line) : hashInChain(this.#next, line);
    if (this.#next !== undefined) this.#next = hash;
    return closeLine(line, hash);
  }

  #toEnd({ time, outcome, uuids, proof }: EventsEnd, isFirst: boolean): OpenLine | undefined {
    const standing = isFirst ? uuids.filter((uuid) => this.#uuids.has(uuid)) : uuids;
    return standing.length === 0 ? undefined : openEnd(time, outcome, standing, proof);
  }
}
