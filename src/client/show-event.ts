import { toPostHogMessage } from '../delivery/index.js';
import type { SanitizedEvent } from '../privacy/index.js';

/**
 * Print an event on standard error, one line of JSON, as it leaves: `properties` are the bytes of the wire.
 *
 * @remarks Only where a person has asked for it. A closed standard error is nobody's concern here.
 */
export function showEvent(event: SanitizedEvent): void {
  try {
    process.stderr.write(`${JSON.stringify(toPostHogMessage(event))}\n`);
  } catch {
    // Nobody can see it: then it is recorded all the same.
  }
}
