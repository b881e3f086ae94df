import { TelemetryError } from '../../../internal/index.js';

/** What a browser says about the page that makes a request. */
export interface PageOrigin {
  readonly host: string;
  /** The header `Origin`. */
  readonly origin: string | undefined;
  /** The header `Sec-Fetch-Site`. */
  readonly site: string | undefined;
}

/**
 * Refuse a change that none of our own pages asks for, or that does not say who asks.
 *
 * @param publicUrl - the address by which people reach the page, when it is not the one that this server sees: then the only one that counts
 * @throws {TelemetryError} `REQUEST_FORBIDDEN`
 */
export function assertOwnPage(request: PageOrigin, publicUrl: URL | undefined): void {
  const { origin, site } = request;
  const isSilent = origin === undefined && site === undefined;
  if (!isSilent && !isForeign(request, publicUrl)) return;
  throw new TelemetryError(
    'REQUEST_FORBIDDEN',
    'This change was not asked for by a page of this server. Open the page again, and repeat it there.',
  );
}

/** Whether a browser says that a page of another origin asks. Programs say nothing, and are not foreign. */
export function isForeign({ host, origin, site }: PageOrigin, publicUrl: URL | undefined): boolean {
  if (site !== undefined && site !== 'same-origin') return true;
  if (origin === undefined) return false;
  return publicUrl === undefined ? !isOriginOf(host, origin) : origin !== publicUrl.origin;
}

/**
 * Refuse to read what a page of another origin asks for. Addresses that are typed in pass, and so do programs.
 *
 * @throws {TelemetryError} `REQUEST_FORBIDDEN`
 */
export function assertOwnReader({ site }: Pick<PageOrigin, 'site'>): void {
  if (site === undefined || site === 'same-origin' || site === 'none') return;
  throw new TelemetryError('REQUEST_FORBIDDEN', 'Pages of another origin may not look here.');
}

function isOriginOf(host: string, origin: string): boolean {
  const scheme = /^https?:\/\//.exec(origin)?.[0];
  const own = `${scheme}${host}`;
  return scheme !== undefined && URL.canParse(own) && new URL(own).origin === origin;
}
