import { assertHost } from './host.js';
import { assertOrigin, type Caller } from './origin.js';
import { assertLocalAddress } from './remote-address.js';

/** Who makes a request, by its headers. One that came over no network has its address only. */
export function callerOf({ headers, url }: Request): Caller {
  return {
    host: headers.get('host') ?? new URL(url).host,
    origin: headers.get('origin') ?? undefined,
    site: headers.get('sec-fetch-site') ?? undefined,
  };
}

/**
 * Refuse what no program of this machine asks for: what comes from another machine, by another name, or from a foreign page.
 *
 * @param env - what the adapter for Node hands over
 * @throws {TelemetryError} `REQUEST_FORBIDDEN`
 */
export function assertOwnMachine(request: Request, env: unknown): void {
  const caller = callerOf(request);
  assertLocalAddress(env);
  assertHost(caller.host, []);
  assertOrigin(caller, []);
}
