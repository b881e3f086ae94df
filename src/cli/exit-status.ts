import { describeThrown, isTelemetryError, type TelemetryErrorCode } from '../internal/index.js';

/** What a command ends with. Others than these do not occur. */
export const EXIT = {
  done: 0,
  /** It could not be done: what and why stands on standard error. */
  failed: 1,
  /** It was not understood, or would have had to ask where nobody can be asked. Nothing was changed. */
  usage: 2,
  /** Ctrl-C. */
  interrupted: 130,
} as const;

/** What was typed cannot be done. The message says why, and what to type instead. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
}

/** Ctrl-C, typed where it is no signal. It needs no words. */
export class InterruptedError extends Error {
  override readonly name: string = 'InterruptedError';
}

/** What an error comes to on the command line, by its code; `failed` and no advice unless listed. */
const BY_CODE: Readonly<Partial<Record<TelemetryErrorCode, { status?: number; advice?: string }>>> = {
  OPTION_INVALID: { status: EXIT.usage },
  OPTION_UNKNOWN: { status: EXIT.usage },
  EVENT_VALUE_INVALID: { status: EXIT.usage },
  STORE_EXISTS: { advice: 'The option --force allows it.' },
};

/** The exit status for something that was thrown. */
export function exitStatusOf(error: unknown): number {
  if (error instanceof UsageError) return EXIT.usage;
  return (isTelemetryError(error) && BY_CODE[error.code]?.status) || EXIT.failed;
}

/** One sentence or two for something that was thrown: what happened, why, what to do next. */
export function describeFailure(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  if (!isTelemetryError(error))
    return `This failed for a reason that nobody expected: ${describeThrown(error)}`;
  const advice = BY_CODE[error.code]?.advice;
  return advice === undefined ? error.message : `${error.message} ${advice}`;
}
