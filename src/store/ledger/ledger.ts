import { join } from 'node:path';
import { onProcessEnd } from '../../internal/index.js';
import { digestOfEvent, type SanitizedEvent } from '../../privacy/index.js';
import {
  type Ledger,
  type LedgerConfig,
  type LedgerEffects,
  MAX_WAITING,
  WRITE_DELAY_MS,
} from './contract.js';
import { EventPlaces } from './event-places.js';
import { EventPrinter } from './event-printer.js';
import { LEDGER_FOLDER } from './file-name.js';
import { Holdings } from './holdings.js';
import type { Outcome } from './lines.js';
import type { Acknowledgement } from './open-line.js';
import { Place } from './place.js';
import { removeOldFiles } from './remove-old-files.js';
import type { OnRemoved, RemovalReason } from './retention.js';
import { SessionFile } from './session-file.js';

const MAX_FILE_BYTES = 1_000_000;
const DAY_MS = 86_400_000;
/** The names of files tell no shorter time. */
const SECOND_MS = 1_000;
/** Errors of a process that has too much open, or is too busy, for the moment. */
const PASSING: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'EAGAIN', 'EINTR']);
const MAX_HINDRANCES = 100;

/**
 * A ledger in the folder `ledger` of the state directory: lines of JSON, one file per process-wide session, which goes on in
 * a further part after a megabyte or a day.
 *
 * @remarks Touches the disk when it writes, not when it is created. A write has {@link MAX_WAITING} events at most. Old files are
 *   removed when a file is begun. Readable by the user only; links are not followed.
 */
export function createLedger(config: LedgerConfig, effects: LedgerEffects): Ledger {
  return new FileLedger(config, effects);
}

interface Waiting {
  readonly atMs: number;
  readonly event: SanitizedEvent;
  readonly session: string;
}

/** How events ended. */
interface End {
  readonly atMs: number;
  readonly events: readonly SanitizedEvent[];
  readonly outcome: Outcome;
  readonly receipt: string | undefined;
}

class FileLedger implements Ledger {
  readonly #config: LedgerConfig;
  readonly #effects: LedgerEffects;
  readonly #folder: string;
  readonly #holdings: Holdings;
  readonly #printer: EventPrinter;
  readonly #maxFileBytes: number;
  readonly #places: EventPlaces;
  /** The last one: what comes next often stands there too. */
  #place: Place | undefined;
  #records: Waiting[] = [];
  #ends: End[] = [];
  #leaving: SanitizedEvent[] = [];
  /** Files to which lines were added. */
  readonly #unwritten = new Set<SessionFile>();
  #current: SessionFile | undefined;
  /** Of this second: a session that others came between goes on in its file. */
  #recent: readonly SessionFile[] = [];
  /** The file for whose sake old ones were removed. */
  #tidied: SessionFile | undefined;
  /** How to cancel the write that is planned. */
  #cancel: (() => void) | undefined;
  /** Writes in a row that could not be made for now. */
  #hindrances = 0;
  #hasFailed = false;
  #isClosed = false;

  constructor(config: LedgerConfig, effects: LedgerEffects) {
    this.#config = config;
    this.#effects = effects;
    this.#folder = join(config.directory, LEDGER_FOLDER);
    this.#holdings = new Holdings(effects.spool);
    this.#printer = new EventPrinter(effects.toWire);
    this.#places = new EventPlaces(effects.spool !== undefined);
    this.#maxFileBytes = Math.min(MAX_FILE_BYTES, config.maxLedgerBytes / 4);
  }

  record(event: SanitizedEvent, fileSession: string): void {
    if (this.#hasFailed || this.#isClosed) return;
    this.#records.push({ atMs: this.#effects.now(), event, session: fileSession });
    if (this.#records.length >= MAX_WAITING) this.flush();
    else this.#schedule();
  }

  keep(events: readonly SanitizedEvent[]): boolean {
    if (this.#isClosed) return false;
    return this.#write(() => {
      this.#addWaiting();
      this.#writeFiles();
      return this.#writeLost(events);
    });
  }

  noteFlagsRequest(fileSession: string, distinctId: string): boolean {
    if (this.#isClosed) return false;
    return this.#write(() => {
      this.#addWaiting();
      const atMs = this.#effects.now();
      const file = this.#fileFor(fileSession, atMs);
      file.addFlagsRequest(atMs, distinctId);
      this.#unwritten.add(file);
      this.#writeFiles();
      return true;
    });
  }

  settle(events: readonly SanitizedEvent[], outcome: Outcome, receipt?: string): void {
    if (this.#hasFailed) return;
    this.#ends.push({ atMs: this.#effects.now(), events, outcome, receipt });
    this.#schedule();
  }

  leave(events: readonly SanitizedEvent[]): void {
    this.#leaving.push(...events);
    if (this.#hasFailed) this.#tellLeft();
    else this.#schedule();
  }

  get leaving(): number {
    return this.#leaving.length;
  }

  flush(): boolean {
    return this.#write(() => {
      this.#addWaiting();
      this.#writeFiles();
      return true;
    });
  }

  discard(): void {
    const waiting = this.#leaving.length;
    this.#forget();
    // With the lines that a write which failed has left in it.
    this.#current = undefined;
    this.#place = undefined;
    this.#recent = [];
    this.#unwritten.clear();
    const left = this.#holdings.discard();
    if (left + waiting > 0) this.#onRemoved('consent_off', left + waiting, left);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.flush();
    this.#letGo();
  }

  abandon(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#letGo();
  }

  #letGo(): void {
    this.#missUnwritten();
    this.#tellLeft();
    this.#holdings.close(this.#onRemoved);
    this.#forget();
  }

  #write(work: () => boolean): boolean {
    if (this.#hasFailed) return false;
    try {
      // It may call the ledger itself, so what waits is taken up afterwards.
      if (!this.#effects.mayWrite()) {
        this.discard();
        return false;
      }
      if (this.#hasFailed || !work()) return false;
      this.#hindrances = 0;
      this.#tellLeft();
      this.#places.settleIn();
      this.#forget();
      return true;
    } catch (error) {
      this.#hinder(error);
      return false;
    }
  }

  /** Too many open files pass; what was to be written still is, a little later. Anything else is the end. */
  #hinder(error: unknown): void {
    const isPassing = PASSING.has((error as NodeJS.ErrnoException).code ?? '');
    this.#cancel?.();
    this.#cancel = undefined;
    if (isPassing && ++this.#hindrances <= MAX_HINDRANCES && !this.#isClosed) {
      this.#schedule();
      return;
    }
    this.#hasFailed = true;
    this.#missUnwritten();
    this.#tellLeft();
    this.#forget();
    this.#effects.onFailure();
  }

  #forget(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#records = [];
    this.#ends = [];
    this.#leaving = [];
  }

  /** A file is opened for many events rather than for each. What waits does not keep the process alive. */
  #schedule(): void {
    if (this.#cancel) return;
    const write = () => this.flush();
    const timer = setTimeout(write, WRITE_DELAY_MS).unref();
    const cancelAtEnd = onProcessEnd({ persist: write, finish: undefined });
    this.#cancel = () => {
      clearTimeout(timer);
      cancelAtEnd();
    };
  }

  /** Once each: a write that fails is made again with the lines that were added before. */
  #addWaiting(): void {
    this.#addRecords();
    this.#addEnds();
    this.#records = [];
    this.#ends = [];
  }

  #writeFiles(): void {
    for (const file of this.#unwritten) {
      this.#writeFile(file);
      this.#unwritten.delete(file);
    }
    if (this.#current === this.#tidied) return;
    this.#tidied = this.#current;
    this.#removeOldFiles([]);
  }

  #writeFile(file: SessionFile): void {
    if (file.isNew) this.#holdings.hold(file.name);
    file.write(this.#folder);
    // Others may have removed the note before they could see the lines.
    this.#holdings.hold(file.name);
  }

  /** @returns false when some of these were never written, and so cannot be written again */
  #writeLost(events: readonly SanitizedEvent[]): boolean {
    const places = new Map<SanitizedEvent, Place>();
    for (const event of events) {
      const place = this.#places.get(event);
      if (!place) return false;
      places.set(event, place);
    }
    const files = filesOf(places.values());
    for (const file of files) file.look(this.#folder);
    for (const [event, place] of places) if (stands(place)) places.delete(event);
    if (places.size === 0) return true;
    for (const [event, place] of places) this.#addAgain(event, place);
    for (const file of filesOf(places.values())) this.#writeFile(file);
    this.#removeOldFiles([...files]);
    return true;
  }

  #addRecords(): void {
    for (const { atMs, event, session } of this.#records) {
      const file = this.#fileFor(session, atMs);
      this.#add(event, file, atMs);
      this.#unwritten.add(file);
    }
  }

  #add(event: SanitizedEvent, file: SessionFile, atMs: number): void {
    const write = file.addRecord(atMs, event.uuid, this.#printer.print(event));
    if (!this.#place?.takes(file, atMs, write)) this.#place = new Place(file, atMs, write);
    this.#holdings.add(this.#place);
    this.#places.set(event, this.#place);
  }

  #addAgain(event: SanitizedEvent, place: Place): void {
    this.#holdings.settle(place);
    this.#add(event, place.file, place.atMs);
  }

  #addEnds(): void {
    for (const end of this.#ends) {
      const { atMs, events, outcome } = end;
      for (const [file, own] of this.#settle(events)) {
        file.addEnd(atMs, outcome, own, this.#proofOf(end, own));
        this.#unwritten.add(file);
      }
    }
  }

  /**
   * @returns the ids of those that stand in a file, by that file. Of what was removed meanwhile nothing is told: it would stand in another file
   *   than its events
   */
  #settle(events: readonly SanitizedEvent[]): ReadonlyMap<SessionFile, readonly string[]> {
    const uuids = new Map<SessionFile, string[]>();
    for (const event of events) {
      const place = this.#places.get(event);
      if (!place) continue;
      this.#places.forget(event);
      this.#holdings.settle(place);
      if (!stands(place)) continue;
      const own = uuids.get(place.file);
      if (own) own.push(event.uuid);
      else uuids.set(place.file, [event.uuid]);
    }
    return uuids;
  }

  /** A receipt is about a whole request: where only a part of it stands in a file, the file tells of all of it. */
  #proofOf({ events, receipt }: End, own: readonly string[]): Acknowledgement | undefined {
    if (receipt === undefined) return undefined;
    const { toWire } = this.#effects;
    const isWhole = own.length === events.length;
    return isWhole ? { receipt } : { receipt, digests: events.map((event) => digestOfEvent(toWire(event))) };
  }

  /** Say of the events that are left which of them stand there, and let go of files that are done with. Never throws. */
  #tellLeft(): void {
    const events = this.#leaving;
    this.#leaving = [];
    const places = events.flatMap((event) => this.#places.get(event) ?? []);
    for (const file of filesOf(places)) this.#lookAt(file);
    const told = new Map<'left' | RemovalReason, number>();
    for (const event of events) {
      const end = this.#leaveToOthers(event);
      told.set(end, (told.get(end) ?? 0) + 1);
    }
    for (const [end, count] of told)
      if (end === 'left') this.#effects.onLeft?.(count);
      else this.#onRemoved(end, count, 0);
    this.#holdings.tidy(this.#current?.name);
  }

  /** Those that were never written, or were discarded, stand nowhere either. */
  #leaveToOthers(event: SanitizedEvent): 'left' | RemovalReason {
    const place = this.#places.get(event);
    this.#places.forget(event);
    if (!place) return 'store_unusable';
    if (!stands(place)) place.gone ??= 'store_unusable';
    return this.#holdings.leave(place) ?? 'store_unusable';
  }

  #lookAt(file: SessionFile): void {
    try {
      file.look(this.#folder);
    } catch {
      // It stands where nobody may look: as it was seen last.
    }
  }

  /** What was added to files and could not be written stands nowhere. */
  #missUnwritten(): void {
    if (this.#unwritten.size === 0) return;
    for (const place of this.#holdings.places)
      if (!place.file.isWritten(place.write)) place.gone ??= 'store_unusable';
    this.#unwritten.clear();
  }

  #fileFor(session: string, atMs: number): SessionFile {
    const last = this.#current?.start.session === session ? this.#current : undefined;
    if (last && !this.#isComplete(last, atMs)) return last;
    this.#current = this.#known(
      new SessionFile({
        session,
        sessionStartedAtMs: last?.start.sessionStartedAtMs ?? atMs,
        startedAtMs: atMs,
        part: (last?.start.part ?? 0) + 1,
        appVersion: this.#config.version,
      }),
    );
    return this.#current;
  }

  /** Two of one name would each have a chain of their own. */
  #known(file: SessionFile): SessionFile {
    const { startedAtMs } = file.start;
    const known = this.#recent.find(({ name }) => name === file.name);
    const others = this.#recent.filter(({ start }) => Math.abs(startedAtMs - start.startedAtMs) < SECOND_MS);
    this.#recent = known ? others : [...others, file];
    return known ?? file;
  }

  #isComplete(file: SessionFile, atMs: number): boolean {
    return file.bytes >= this.#maxFileBytes || atMs - file.start.startedAtMs >= DAY_MS;
  }

  /**
   * Leaves room for the file that was just begun, so that the whole stays within its limit.
   *
   * @param needed - files that have to stay besides the current one
   */
  #removeOldFiles(needed: readonly SessionFile[]): void {
    const { retentionDays, maxLedgerBytes } = this.#config;
    const besides = needed.filter((file) => file !== this.#current);
    const neededBytes = besides.reduce((sum, { bytes }) => sum + bytes, this.#maxFileBytes);
    const spared = [...besides, this.#current].flatMap((file) => file?.name ?? []);
    const limits = { retentionDays, maxBytes: maxLedgerBytes - neededBytes };
    const nowMs = this.#effects.now();
    removeOldFiles(this.#config.directory, limits, nowMs, spared, this.#holdings, this.#onRemoved);
  }

  readonly #onRemoved: OnRemoved = (...lost) => this.#effects.onRemoved?.(...lost);
}

const stands = ({ file, write }: Place): boolean => file.keeps(write);

const filesOf = (places: Iterable<Place>): ReadonlySet<SessionFile> =>
  new Set(Array.from(places, ({ file }) => file));
