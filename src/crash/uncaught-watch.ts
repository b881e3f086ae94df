import { quietly } from '../internal/index.js';
import type { ReportUncaught } from './watch-uncaught.js';

const EVENT = 'uncaughtExceptionMonitor';

/** What is used of the process. */
export interface UncaughtSource {
  on(event: typeof EVENT, listener: NodeJS.UncaughtExceptionListener): unknown;
  off(event: typeof EVENT, listener: NodeJS.UncaughtExceptionListener): unknown;
  hasUncaughtExceptionCaptureCallback(): boolean;
}

interface Watcher {
  readonly report: ReportUncaught;
}

/** The one listener to errors that nobody caught, shared by all who watch. See `watchUncaught`. */
export class UncaughtWatch {
  readonly #source: UncaughtSource;
  readonly #watchers = new Set<Watcher>();

  constructor(source: UncaughtSource) {
    this.#source = source;
  }

  add(report: ReportUncaught): () => void {
    const watcher = { report };
    // An embedder may forbid listeners: then nothing is seen.
    if (this.#watchers.size === 0) quietly(() => this.#source.on(EVENT, this.#tell));
    this.#watchers.add(watcher);
    return () => {
      if (this.#watchers.delete(watcher) && this.#watchers.size === 0)
        quietly(() => this.#source.off(EVENT, this.#tell));
    };
  }

  readonly #tell: NodeJS.UncaughtExceptionListener = (thrown, origin) => {
    // The program, or a domain of it, takes it.
    if (this.#source.hasUncaughtExceptionCaptureCallback()) return;
    for (const { report } of [...this.#watchers]) {
      // An error in here would end the process in place of the one that Node is about to report.
      quietly(() =>
        report(thrown, origin === 'unhandledRejection' ? 'unhandled_rejection' : 'uncaught_exception'),
      );
    }
  };
}
