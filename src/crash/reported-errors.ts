import { chainOf } from './causes.js';
import { isError, isObject } from './read-thrown.js';

/** Knows which errors were reported. */
export interface ReportedErrors {
  /**
   * Whether this error is neither one that was reported, nor one that led to it, nor one that it led to. From now on it was
   * reported. Two errors that something third led to are two.
   *
   * @remarks What is no object cannot be recognised, and is always new. Holds no error in memory. Never throws.
   */
  isNew(thrown: unknown): boolean;
}

export function createReportedErrors(): ReportedErrors {
  const reported = new WeakSet<object>();
  /** Errors in the chains of those. */
  const told = new WeakSet<object>();
  return {
    isNew(thrown) {
      const [top, ...causes] = chainOf(thrown).filter(isObject);
      if (top === undefined || top !== thrown) return true;
      const isNew = !told.has(top) && ![top, ...causes].some((error) => reported.has(error));
      reported.add(top);
      for (const cause of causes) if (isError(cause)) told.add(cause);
      return isNew;
    },
  };
}
