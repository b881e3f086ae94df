import { TelemetryError } from '../../../internal/index.js';
import { type Caller, isSameOrigin } from '../../http/index.js';

/**
 * Refuse a change that none of our own pages asks for, or that does not say who asks.
 *
 * @param publicUrl - the address by which people reach the page, when it is not the one that this server sees: then the only one that counts
 * @throws {TelemetryError} `REQUEST_FORBIDDEN`
 */
export function assertOwnPage(request: Caller, publicUrl: URL | undefined): void {
  const { origin, site } = request;
  const isSilent = origin === undefined && site === undefined;
  if (!isSilent && !isForeign(request, publicUrl)) return;
  throw new TelemetryError(
    'REQUEST_FORBIDDEN',
    'This change was not asked for by a page of this server. Open the page again, and repeat it there.',
  );
}

/** Whether a browser says that a page of another origin asks. Programs say nothing, and are not foreign. */
export function isForeign({ host, origin, site }: Caller, publicUrl: URL | undefined): boolean {
  if (site !== undefined && site !== 'same-origin') return true;
  if (origin === undefined) return false;
  return publicUrl === undefined ? !isSameOrigin(origin, host) : origin !== publicUrl.origin;
}

/**
 * Refuse to read what a page of another origin asks for. Addresses that are typed in pass, and so do programs.
 *
 * @throws {TelemetryError} `REQUEST_FORBIDDEN`
 */
export function assertOwnReader({ site }: Pick<Caller, 'site'>): void {
  if (site === undefined || site === 'same-origin' || site === 'none') return;
  throw new TelemetryError('REQUEST_FORBIDDEN', 'Pages of another origin may not look here.');
}
