import { TelemetryError } from '../../../internal/index.js';

const HOST = /^([\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;
const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Refuse a request to another name than this machine's: a page of the internet can make its own name lead here (DNS
 * rebinding), and is then of the same origin.
 *
 * @param host - of the request, with or without port
 * @param allowedHosts - names besides those of the loopback address
 * @throws {TelemetryError} `REQUEST_FORBIDDEN`
 */
export function assertHost(host: string, allowedHosts: readonly string[]): void {
  const name = HOST.exec(host)?.[1]?.toLowerCase();
  const isAllowed = (allowed: string) => allowed.toLowerCase() === name;
  if (name !== undefined && [...LOOPBACK_NAMES, ...allowedHosts].some(isAllowed)) return;
  throw new TelemetryError(
    'REQUEST_FORBIDDEN',
    'Host must be localhost, 127.0.0.1 or [::1]. The option allowedHosts allows other names.',
  );
}
