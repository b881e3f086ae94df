import { TelemetryError } from '../../../internal/index.js';
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

/** What a proxy adds to a request that it hands on. */
const FORWARDING_HEADERS = ['forwarded', 'x-forwarded-for', 'x-real-ip'];

/**
 * Refuse what no program of this machine asks for: what comes from another machine, over a proxy of this one or not, by
 * another name, or from a foreign page.
 *
 * @param env - what the adapter for Node hands over
 * @throws {TelemetryError} `REQUEST_FORBIDDEN`
 */
export function assertOwnMachine(request: Request, env: unknown): void {
  const caller = callerOf(request);
  assertLocalAddress(env);
  assertNotForwarded(request.headers);
  assertHost(caller.host, []);
  assertOrigin(caller, []);
}

function assertNotForwarded(headers: Headers): void {
  if (FORWARDING_HEADERS.every((name) => !headers.has(name))) return;
  throw new TelemetryError(
    'REQUEST_FORBIDDEN',
    'Only programs on this machine are answered, and this request came over a proxy.',
  );
}
