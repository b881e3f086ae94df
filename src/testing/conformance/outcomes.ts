import type { Outcome } from './observation.js';

/** How a run ended, for a sentence. */
export function describeEnd({ status, signal, hasTimedOut }: Outcome): string {
  if (hasTimedOut) return 'no end in time';
  return signal === null ? `exit code ${status}` : `signal ${signal}`;
}

/** Whether two runs ended alike. */
export function endsAlike(one: Outcome, other: Outcome): boolean {
  return one.status === other.status && one.signal === other.signal && one.hasTimedOut === other.hasTimedOut;
}
