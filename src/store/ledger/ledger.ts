import { join } from 'node:path';
import type { SanitizedEvent } from '../../privacy/index.js';
import { atExit } from './at-exit.js';
import { LEDGER_FOLDER } from './file-name.js';
import type { WireRecord } from './lines.js';
import { removeOldFiles } from './retention.js';
import { SessionFile } from './session-file.js';

/** The user's own view of telemetry: everything that was recorded, and what became of it. */
export interface Ledger {
  /**
   * Keep an event. It is written a fifth of a second later, by the calls below, or when the process ends. Never throws.
   *
   * @param fileSession - id of the process-wide session, in whose file the event stands; a session of its own may run inside
   */
  record(event: SanitizedEvent, fileSession: string): void;
  /**
   * See that these stand in the ledger at this moment, before they leave. What waits is written, and those whose file was
   * removed meanwhile, by retention or by the person, are written again.
   *
   * @returns false when one of them does not stand there: then none of them may leave. So it is with events that this
   *   ledger did not record, or that were discarded. Never throws
   */
  keep(events: readonly SanitizedEvent[]): boolean;
  /**
   * Write now that a server is about to be asked for flags, the one request that carries an id and no event.
   *
   * @param distinctId - the id it leaves under
   * @returns false when it could not be written; then nothing may leave. Never throws
   */
  noteFlagsRequest(fileSession: string, distinctId: string): boolean;
  /** Note that a server accepted these. Events that this ledger did not record are passed over. Never throws. */
  sent(events: readonly SanitizedEvent[]): void;
  /**
   * Write what waits, now. Never throws.
   *
   * @returns false when something could not be written, now or earlier: then what was recorded must not be sent
   */
  flush(): boolean;
  /** Forget what waits: it is not written, not even when the process ends. Never throws. */
  discard(): void;
}

export interface LedgerConfig {
  /** The state directory; what is missing of it is made when the first event is written. */
  readonly directory: string;
  /** Files that were not written for so many days are removed. */
  readonly retentionDays: number;
  /** Of all files of the ledger together; the oldest ones are removed. */
  readonly maxLedgerBytes: number;
  /** Of the app. */
  readonly version: string | undefined;
}

export interface LedgerEffects {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The event as it leaves. */
  readonly toWire: (event: SanitizedEvent) => WireRecord;
  /**
   * Asked before every write. On a no, what waits is discarded, nothing is written, and the call that wanted to write
   * returns false; it is no failure. May call the ledger itself. Never throws.
   */
  readonly mayWrite: () => boolean;
  /** Called once, when something could not be written. From then on the ledger keeps nothing. */
  readonly onFailure: () => void;
}

const MAX_WAITING = 1_000;
const WRITE_DELAY_MS = 200;
const MAX_FILE_BYTES = 1_000_000;
const DAY_MS = 86_400_000;

/**
 * A ledger in the folder `ledger` of the state directory: lines of JSON, one file per process-wide session, which goes on in
 * a further part after a megabyte or a day.
 *
 * @remarks Touches the disk when it writes, not when it is created. A write has a thousand events at most. Old files are
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

/** Where an event stands. */
interface Place {
  readonly file: SessionFile;
  readonly atMs: number;
  /** The write that put it there. */
  readonly write: number;
}

class FileLedger implements Ledger {
  readonly #config: LedgerConfig;
  readonly #effects: LedgerEffects;
  readonly #folder: string;
  readonly #maxFileBytes: number;
  /** Where events stand, for as long as anybody holds them. */
  readonly #places = new WeakMap<SanitizedEvent, Place>();
  #records: Waiting[] = [];
  #receipts: { readonly atMs: number; readonly events: readonly SanitizedEvent[] }[] = [];
  #current: SessionFile | undefined;
  /** The file for whose sake old ones were removed. */
  #tidied: SessionFile | undefined;
  /** How to cancel the write that is planned. */
  #cancel: (() => void) | undefined;
  #hasFailed = false;

  constructor(config: LedgerConfig, effects: LedgerEffects) {
    this.#config = config;
    this.#effects = effects;
    this.#folder = join(config.directory, LEDGER_FOLDER);
    this.#maxFileBytes = Math.min(MAX_FILE_BYTES, config.maxLedgerBytes / 4);
  }

  record(event: SanitizedEvent, fileSession: string): void {
    if (this.#hasFailed) return;
    this.#records.push({ atMs: this.#effects.now(), event, session: fileSession });
    if (this.#records.length >= MAX_WAITING) this.flush();
    else this.#schedule();
  }

  keep(events: readonly SanitizedEvent[]): boolean {
    return this.#write(() => {
      this.#writeFiles(this.#addWaiting());
      return this.#writeLost(events);
    });
  }

  noteFlagsRequest(fileSession: string, distinctId: string): boolean {
    return this.#write(() => {
      const waiting = this.#addWaiting();
      const atMs = this.#effects.now();
      const file = this.#fileFor(fileSession, atMs);
      file.addFlagsRequest(atMs, distinctId);
      this.#writeFiles([...waiting, file]);
      return true;
    });
  }

  sent(events: readonly SanitizedEvent[]): void {
    if (this.#hasFailed) return;
    this.#receipts.push({ atMs: this.#effects.now(), events });
    this.#schedule();
  }

  flush(): boolean {
    return this.#write(() => {
      this.#writeFiles(this.#addWaiting());
      return true;
    });
  }

  discard(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#records = [];
    this.#receipts = [];
  }

  #write(work: () => boolean): boolean {
    if (this.#hasFailed) return false;
    try {
      // It may call the ledger itself, so what waits is taken up afterwards.
      const mayWrite = this.#effects.mayWrite();
      return mayWrite && !this.#hasFailed && work();
    } catch {
      this.#hasFailed = true;
      this.#effects.onFailure();
      return false;
    } finally {
      this.discard();
    }
  }

  /** A file is opened for many events rather than for each. What waits does not keep the process alive. */
  #schedule(): void {
    if (this.#cancel) return;
    const write = () => this.flush();
    const timer = setTimeout(write, WRITE_DELAY_MS).unref();
    const cancelAtExit = atExit(write);
    this.#cancel = () => {
      clearTimeout(timer);
      cancelAtExit();
    };
  }

  #addWaiting(): readonly SessionFile[] {
    return [...this.#addRecords(), ...this.#addReceipts()];
  }

  #writeFiles(files: readonly SessionFile[]): void {
    for (const file of new Set(files)) file.write(this.#folder);
    if (this.#current === this.#tidied) return;
    this.#tidied = this.#current;
    this.#removeOldFiles([]);
  }

  /** @returns false when some of these were never written, and so cannot be written again */
  #writeLost(events: readonly SanitizedEvent[]): boolean {
    const stood = events.flatMap((event) => {
      const place = this.#places.get(event);
      return place ? [{ event, ...place }] : [];
    });
    if (stood.length < events.length) return false;
    const files = new Set(stood.map(({ file }) => file));
    for (const file of files) file.look(this.#folder);
    const lost = stood.filter(({ file, write }) => !file.keeps(write));
    for (const { event, file, atMs } of lost) this.#add(event, file, atMs);
    for (const file of new Set(lost.map(({ file }) => file))) file.write(this.#folder);
    if (lost.length > 0) this.#removeOldFiles([...files]);
    return true;
  }

  #addRecords(): readonly SessionFile[] {
    return this.#records.map(({ atMs, event, session }) => {
      const file = this.#fileFor(session, atMs);
      this.#add(event, file, atMs);
      return file;
    });
  }

  #add(event: SanitizedEvent, file: SessionFile, atMs: number): void {
    const write = file.addRecord(atMs, this.#effects.toWire(event));
    this.#places.set(event, { file, atMs, write });
  }

  #addReceipts(): readonly SessionFile[] {
    return this.#receipts.flatMap(({ atMs, events }) => {
      const uuids = this.#uuidsByFile(events);
      for (const [file, own] of uuids) file.addReceipt(atMs, own);
      return [...uuids.keys()];
    });
  }

  #uuidsByFile(events: readonly SanitizedEvent[]): ReadonlyMap<SessionFile, readonly string[]> {
    const uuids = new Map<SessionFile, string[]>();
    for (const event of events) {
      const file = this.#places.get(event)?.file;
      if (!file) continue;
      const own = uuids.get(file);
      if (own) own.push(event.uuid);
      else uuids.set(file, [event.uuid]);
    }
    return uuids;
  }

  #fileFor(session: string, atMs: number): SessionFile {
    const last = this.#current?.start.session === session ? this.#current : undefined;
    if (last && !this.#isComplete(last, atMs)) return last;
    this.#current = new SessionFile({
      session,
      sessionStartedAtMs: last?.start.sessionStartedAtMs ?? atMs,
      startedAtMs: atMs,
      part: (last?.start.part ?? 0) + 1,
      appVersion: this.#config.version,
    });
    return this.#current;
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
    removeOldFiles(this.#folder, limits, this.#effects.now(), spared);
  }
}
