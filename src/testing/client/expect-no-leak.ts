import { findLeaks, type Leakable } from './find-leaks.js';
import { LeakError } from './leak-error.js';
import type { Secrets } from './secrets.js';

/**
 * Expect that nothing of these secrets would leave: not as they are, not encoded, not as a plain hash of them, not in a name.
 *
 * @param source - an event as it would leave, an instance of an event class, a list of them, or what `createTestTelemetry()` gave
 * @param secrets - what a person or a machine could be known by, by a name for it; at least 6 characters each
 * @throws {LeakError} `SECRET_LEAKED` naming the secret, its form and its place, never its value
 * @throws {ConfigError} `OPTION_INVALID` where there is no event to look at, no secret, or one that is too short: a check
 *   that looks at nothing finds nothing
 */
export function expectNoLeak(source: Leakable, secrets: Secrets): void {
  const leaks = findLeaks(source, secrets);
  if (leaks.length > 0) throw new LeakError(leaks);
}
