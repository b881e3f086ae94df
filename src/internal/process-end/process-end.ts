import { EndWatch } from './end-watch.js';

/** What has to be done when the process ends. */
export interface EndWork {
  /** `record`: it may make what others have to keep, and so is done before them. `keep` unless given. */
  readonly stage?: 'record' | 'keep';
  /**
   * Put on disk what waits. Called at every end that can be seen, maybe more than once; synchronous and short, never throws.
   *
   * @param isOver - true when nothing of the program runs after it: what waits may be handed over. False at a signal that may
   *   not be the end.
   */
  readonly persist: (isOver: boolean) => void;
  /**
   * Send what waits, in bounded time, and keep the process alive meanwhile by what it waits for itself. Undefined where the
   * end may wait for nothing. Never rejects.
   */
  readonly finish: (() => Promise<void>) | undefined;
}

const WATCH = Symbol.for('sotto.processEnd');

const shared = process as { [WATCH]?: Pick<EndWatch, 'add'> };

/**
 * Be told of the end of the process. Exit code and signal stay what they would have been.
 *
 * - At its `exit`, which an uncaught error and `process.exit()` lead to as well: `persist`.
 * - When it has nothing left to do: what records, then `finish`, once for each registration, and five times at most.
 * - At SIGINT, SIGTERM and SIGHUP, only while there is work with `finish`: `persist`. Where the program listens to that signal
 *   too, it decides what follows. Otherwise `finish`, and the same signal again, which then ends the process. At a second
 *   signal it ends at once.
 *
 * @returns how to stop; may be called twice
 * @remarks Work without `finish` listens to no signal: with a listener, Node ends the process only when its loop comes to call
 *   it, and Ctrl-C would no longer stop a program that computes synchronously. A process that is killed is told nothing, nor
 *   is a worker thread that is terminated, and none but the main thread hears of signals. All copies of the package in a
 *   process have one listener for each event, and none while there is no work: hosts count them, and two copies would each
 *   leave the signal to the other.
 */
export function onProcessEnd(work: EndWork): () => void {
  shared[WATCH] ??= new EndWatch(process, isMainThread);
  return shared[WATCH].add(work);
}

/** Loads what knows it only when asked: that takes a millisecond or two. */
function isMainThread(): boolean {
  return process.getBuiltinModule('node:worker_threads').isMainThread;
}
