import type { ReportUncaught } from '../crash/index.js';

/** Whether errors that nobody catches are looked out for at the moment. */
export interface CrashWatch {
  /** May be called again. */
  start(): void;
  stop(): void;
}

/** @param watch - begins to look out, and returns how to stop; undefined where the maker does not want that */
export function createCrashWatch(
  watch: ((report: ReportUncaught) => () => void) | undefined,
  report: ReportUncaught,
): CrashWatch {
  let unwatch: (() => void) | undefined;
  return {
    start() {
      unwatch ??= watch?.(report);
    },
    stop() {
      unwatch?.();
      unwatch = undefined;
    },
  };
}
