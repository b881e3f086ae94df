import { TelemetryError } from '../internal/index.js';

/** A decision of a person that could not be kept. `cause` is the file system's error, where there is one. */
export class ConsentError extends TelemetryError {
  override readonly name: string = 'ConsentError';
}

const UNTIL_THEN = 'Until then DISABLE_TELEMETRY=1 keeps telemetry off.';

/** @param shownPath - where it should have been kept, the home directory as `~` */
export function notStored(shownPath: string, cause: unknown): ConsentError {
  const { code } = cause as NodeJS.ErrnoException;
  const why = code === undefined ? '' : ` (${code})`;
  const message = `The decision about telemetry could not be kept: ${shownPath} cannot be written${why}. See that it is a plain file you may write, in a directory you may write to, and decide again. ${UNTIL_THEN}`;
  return new ConsentError('CONSENT_NOT_STORED', message, { cause });
}

/** There is no state directory. */
export function nowhereToStore(): ConsentError {
  const message = `The decision about telemetry could not be kept: this user has no home directory. Set HOME, or name a state directory, and decide again. ${UNTIL_THEN}`;
  return new ConsentError('CONSENT_NOT_STORED', message);
}
