import { join } from 'node:path';
import type { SanitizedEvent } from '../../privacy/index.js';
import { atExit } from './at-exit.js';
import {
  type Ledger,
  type LedgerConfig,
  type LedgerEffects,
  MAX_WAITING,
  WRITE_DELAY_MS,
} from './contract.js';
import { LEDGER_FOLDER } from './file-name.js';
import { Holdings } from './holdings.js';
import type { Outcome } from './lines.js';
import { removeOldFiles } from './remove-old-files.js';
import { SessionFile } from './session-file.js';

const MAX_FILE_BYTES = 1_000_000;
const DAY_MS = 86_400_000;

/**
 * A ledger in the folder `ledger` of the state directory: lines of JSON, one file per process-wide session, which goes on in
 * a further part after a megabyte or a day.
 *
 * @remarks Touches the disk when it writes, not when it is created. A write has a hundred events at most. Old files are
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

/** What became of events: they ended, or are not this process's any more. */
interface Change {
  readonly atMs: number;
  readonly events: readonly SanitizedEvent[];
  readonly outcome: Outcome | 'left';
}

class FileLedger implements Ledger {
  readonly #config: LedgerConfig;
  readonly #effects: LedgerEffects;
  readonly #folder: string;
  readonly #holdings: Holdings;
  readonly #maxFileBytes: number;
  /** Where events stand, for as long as anybody holds them. */
  readonly #places = new WeakMap<SanitizedEvent, Place>();
  #records: Waiting[] = [];
  #changes: Change[] = [];
  #current: SessionFile | undefined;
  /** The file for whose sake old ones were removed. */
  #tidied: SessionFile | undefined;
  /** How to cancel the write that is planned. */
  #cancel: (() => void) | undefined;
  #hasFailed = false;
  #isClosed = false;

  constructor(config: LedgerConfig, effects: LedgerEffects) {
    this.#config = config;
    this.#effects = effects;
    this.#folder = join(config.directory, LEDGER_FOLDER);
    this.#holdings = new Holdings(effects.spool);
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
      this.#writeFiles(this.#addWaiting());
      return this.#writeLost(events);
    });
  }

  noteFlagsRequest(fileSession: string, distinctId: string): boolean {
    if (this.#isClosed) return false;
    return this.#write(() => {
      const waiting = this.#addWaiting();
      const atMs = this.#effects.now();
      const file = this.#fileFor(fileSession, atMs);
      file.addFlagsRequest(atMs, distinctId);
      this.#writeFiles([...waiting, file]);
      return true;
    });
  }

  settle(events: readonly SanitizedEvent[], outcome: Outcome): void {
    this.#change(events, outcome);
  }

  leave(events: readonly SanitizedEvent[]): void {
    this.#change(events, 'left');
  }

  flush(): boolean {
    return this.#write(() => {
      this.#writeFiles(this.#addWaiting());
      return true;
    });
  }

  discard(): void {
    this.#forget();
    this.#holdings.discard();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.flush();
    this.#holdings.close((reason, events) => this.#effects.onRemoved?.(reason, events));
  }

  #change(events: readonly SanitizedEvent[], outcome: Change['outcome']): void {
    if (this.#hasFailed) return;
    this.#changes.push({ atMs: this.#effects.now(), events, outcome });
    this.#schedule();
  }

  #write(work: () => boolean): boolean {
    if (this.#hasFailed) return false;
    try {
      // It may call the ledger itself, so what waits is taken up afterwards.
      if (!this.#effects.mayWrite()) {
        this.discard();
        return false;
      }
      return !this.#hasFailed && work();
    } catch {
      this.#hasFailed = true;
      this.#effects.onFailure();
      return false;
    } finally {
      this.#forget();
    }
  }

  #forget(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#records = [];
    this.#changes = [];
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
    return [...this.#addRecords(), ...this.#addChanges()];
  }

  #writeFiles(files: readonly SessionFile[]): void {
    for (const file of new Set(files)) this.#writeFile(file);
    this.#holdings.tidy(this.#current?.name);
    if (this.#current === this.#tidied) return;
    this.#tidied = this.#current;
    this.#removeOldFiles([]);
  }

  #writeFile(file: SessionFile): void {
    this.#holdings.hold(file.name);
    file.write(this.#folder);
    // Others may have removed the note before they could see the lines.
    this.#holdings.hold(file.name);
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
    for (const file of new Set(lost.map(({ file }) => file))) this.#writeFile(file);
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
    this.#holdings.add(file.name, event.uuid);
    this.#places.set(event, { file, atMs, write });
  }

  #addChanges(): readonly SessionFile[] {
    return this.#changes.flatMap(({ atMs, events, outcome }) => {
      const uuids = this.#uuidsByFile(events);
      for (const [file, own] of uuids) {
        if (outcome === 'left') {
          this.#holdings.leave(file.name, own);
        } else {
          this.#holdings.settle(file.name, own);
          file.addEnd(atMs, outcome, own);
        }
      }
      return outcome === 'left' ? [] : [...uuids.keys()];
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
    const { now, onRemoved = () => {} } = this.#effects;
    removeOldFiles(this.#config.directory, limits, now(), spared, this.#holdings, onRemoved);
  }
}
