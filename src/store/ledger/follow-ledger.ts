import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import { LEDGER_FOLDER } from './file-name.js';
import { FileTail } from './file-tail.js';
import { type LedgerLine, parseLine } from './lines.js';
import { listSessions } from './list-sessions.js';
import { type RecordedEvent, toRecordedEvent } from './read-session.js';

const LOOK_EVERY_MS = 1_000;

/** Events that have come to their end, by a line of the ledger. */
export interface EndedEvents {
  readonly uuids: readonly string[];
  /** When a server accepted them: ISO 8601, UTC. Null: none did. */
  readonly sent_at: string | null;
  /** Why they will not be sent any more. Null: they were sent. */
  readonly dropped_reason: string | null;
}

/**
 * Report every event that is recorded from now on, by any process, until told to stop.
 *
 * @param onEvent - called in the order of recording within a session, with the name of the file it stands in; what becomes of
 *   it is not known yet
 * @param signal - ends it; nothing else does, not even that there is no ledger yet or that it is removed
 * @param onEnded - told of events that were sent or dropped from now on, also of some that were recorded before
 * @returns when the signal was given, and nothing is watched any longer
 * @throws what the callbacks throw
 * @remarks Sees a change at once where the system reports changes, and within a second everywhere. Never writes.
 */
export async function followLedger(
  directory: string,
  onEvent: (event: RecordedEvent, fileName: string) => void,
  signal: AbortSignal,
  onEnded: (ended: EndedEvents) => void = () => {},
): Promise<void> {
  const follower = new Follower(directory);
  const changes = new Changes(join(directory, LEDGER_FOLDER), signal);
  follower.skip();
  try {
    while (await changes.next()) follower.look(onEvent, onEnded);
  } finally {
    changes.close();
  }
}

interface Followed {
  readonly tail: FileTail;
  sessionId: string | null;
  /** As the file was when it was read last. */
  bytes: number;
  modifiedMs: number;
}

/** Knows how far every file was read, and of which session it is. */
class Follower {
  readonly #directory: string;
  readonly #files = new Map<string, Followed>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** What is there is not reported. */
  skip(): void {
    for (const { path, bytes, modifiedMs } of listSessions(this.#directory)) {
      const tail = new FileTail(path);
      const header = parseLine(tail.skip() ?? '');
      const sessionId = header?.kind === 'header' ? header.header.session_id : null;
      this.#files.set(path, { tail, sessionId, bytes, modifiedMs });
    }
  }

  look(
    onEvent: (event: RecordedEvent, fileName: string) => void,
    onEnded: (ended: EndedEvents) => void,
  ): void {
    const files = listSessions(this.#directory);
    this.#forgetAllBut(new Set(files.map(({ path }) => path)));
    for (const { name, path, bytes, modifiedMs } of files) {
      const file = this.#files.get(path) ?? toFollowed(path);
      this.#files.set(path, file);
      if (file.bytes === bytes && file.modifiedMs === modifiedMs) continue;
      Object.assign(file, { bytes, modifiedMs });
      for (const line of file.tail.readLines().map(parseLine)) {
        if (line?.kind === 'header') file.sessionId = line.header.session_id;
        if (line?.kind === 'record') onEvent(toRecordedEvent(line.record, file.sessionId), name);
        const ended = toEnded(line);
        if (ended) onEnded(ended);
      }
    }
  }

  /** A file that comes back is another one, which may have the size and the inode of the one that was removed. */
  #forgetAllBut(paths: ReadonlySet<string>): void {
    for (const path of this.#files.keys()) if (!paths.has(path)) this.#files.delete(path);
  }
}

/** Of a file that is new, so that all of it is reported. */
function toFollowed(path: string): Followed {
  return { tail: new FileTail(path), sessionId: null, bytes: -1, modifiedMs: -1 };
}

function toEnded(line: LedgerLine | undefined): EndedEvents | undefined {
  if (line?.kind === 'receipt')
    return { uuids: line.receipt.uuids, sent_at: line.receipt.sent_at, dropped_reason: null };
  if (line?.kind === 'drop')
    return { uuids: line.drop.uuids, sent_at: null, dropped_reason: line.drop.reason };
  return undefined;
}

/** Says when it is worth looking again: when the system reports a change, and every second in any case. */
class Changes {
  readonly #folder: string;
  readonly #signal: AbortSignal;
  #watcher: FSWatcher | undefined;
  #wake: () => void = () => {};

  constructor(folder: string, signal: AbortSignal) {
    this.#folder = folder;
    this.#signal = signal;
    signal.addEventListener('abort', this.#onChange);
  }

  /** @returns false when it is over */
  async next(): Promise<boolean> {
    if (this.#signal.aborted) return false;
    this.#watcher ??= this.#startWatcher();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LOOK_EVERY_MS);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    return !this.#signal.aborted;
  }

  close(): void {
    this.#watcher?.close();
    this.#signal.removeEventListener('abort', this.#onChange);
  }

  readonly #onChange = (): void => this.#wake();

  /** Undefined while there is no such folder, and where the system cannot watch it. */
  #startWatcher(): FSWatcher | undefined {
    try {
      const watcher = watch(this.#folder, { persistent: false }, this.#onChange);
      // Also when the folder is removed on some systems: from then on there is a look every second.
      return watcher.on('error', () => watcher.close());
    } catch {
      return undefined;
    }
  }
}
