import type { ErrorCategory } from '../privacy/index.js';
import { describeError } from './describe-error.js';
import type { FrameSources } from './frames.js';
import { PACKAGES_ONLY } from './process-sources.js';

/** What is recorded of an error, under the names it is recorded by. */
export interface SanitizedError {
  readonly type: string;
  readonly message: string;
  readonly category: ErrorCategory;
  /** Null when it has none that may be told. */
  readonly code: string | null;
  readonly stack_trace: readonly string[];
  readonly fingerprint: string;
}

/**
 * What would be recorded of an error, or of whatever else was thrown: without a path, a name or a value of this machine.
 *
 * @param sources - what is known of the app's own files; without it they are `<external>`
 * @remarks Never throws. Reads the `package.json` of packages that the stack names, each once.
 */
export function sanitizeError(thrown: unknown, sources: FrameSources = PACKAGES_ONLY): SanitizedError {
  const { type, message, category, code, frames, fingerprint } = describeError(thrown, sources);
  return { type, message, category, code: code ?? null, stack_trace: frames, fingerprint };
}
