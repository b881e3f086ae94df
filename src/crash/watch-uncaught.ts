import { UncaughtWatch } from './uncaught-watch.js';

/** How an error came to be caught by nobody, as Node sees it: one at the top level of an ES module is a rejection too. */
export type UncaughtOrigin = 'uncaught_exception' | 'unhandled_rejection';

/** Told of what nobody caught, synchronously. May throw, to no effect. */
export type ReportUncaught = (thrown: unknown, origin: UncaughtOrigin) => void;

const WATCH = Symbol.for('sotto.uncaughtWatch');

const shared = process as { [WATCH]?: Pick<UncaughtWatch, 'add'> };

/**
 * Be told of errors that nobody caught, before Node does with them what it would do anyway: what it prints, exit code and
 * signal stay as they are.
 *
 * @returns how to stop; may be called twice
 * @remarks Also told where the program has a listener to `uncaughtException` and goes on. Not told of what a capture callback or a
 *   domain takes, of rejections that a listener to `unhandledRejection` takes, nor of a process that is killed or runs out of
 *   memory. All copies of the package in a process have one listener, and none while nobody watches.
 */
export function watchUncaught(report: ReportUncaught): () => void {
  shared[WATCH] ??= new UncaughtWatch(process);
  return shared[WATCH].add(report);
}
