import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import { LEDGER_FOLDER } from './file-name.js';
import { FileTail } from './file-tail.js';
import { parseLine } from './lines.js';
import { listSessions } from './list-sessions.js';
import { type RecordedEvent, toRecordedEvent } from './read-session.js';

const LOOK_EVERY_MS = 1_000;

/**
 * Report every event that is recorded from now on, by any process, until told to stop.
 *
 * @param onEvent - called in the order of recording within a session; what becomes of it is not known yet
 * @param signal - ends it; nothing else does, not even that there is no ledger yet or that it is removed
 * @returns when the signal was given, and nothing is watched any longer
 * @throws what `onEvent` throws
 * @remarks Sees a change at once where the system reports changes, and within a second everywhere. Never writes.
 */
export async function followLedger(
  directory: string,
  onEvent: (event: RecordedEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const follower = new Follower(directory);
  const changes = new Changes(join(directory, LEDGER_FOLDER), signal);
  follower.look(() => {});
  try {
    while (await changes.next()) follower.look(onEvent);
  } finally {
    changes.close();
  }
}

/** Knows how far every file was read, and of which session it is. */
class Follower {
  readonly #directory: string;
  readonly #files = new Map<string, { readonly tail: FileTail; sessionId: string | null }>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  look(onEvent: (event: RecordedEvent) => void): void {
    const paths = listSessions(this.#directory).map(({ path }) => path);
    this.#forgetAllBut(new Set(paths));
    for (const path of paths) {
      const file = this.#files.get(path) ?? { tail: new FileTail(path), sessionId: null };
      this.#files.set(path, file);
      for (const line of file.tail.readLines().map(parseLine)) {
        if (line?.kind === 'header') file.sessionId = line.header.session_id;
        if (line?.kind === 'record') onEvent(toRecordedEvent(line.record, file.sessionId));
      }
    }
  }

  /** A file that comes back is another one, which may have the size and the inode of the one that was removed. */
  #forgetAllBut(paths: ReadonlySet<string>): void {
    for (const path of this.#files.keys()) if (!paths.has(path)) this.#files.delete(path);
  }
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
