import { TelemetryError } from '../../../internal/index.js';

/** What a browser says about the page that makes a request; programs say nothing. */
export interface Caller {
  readonly host: string;
  /** The header `Origin`. */
  readonly origin: string | undefined;
  /** The header `Sec-Fetch-Site`. */
  readonly site: string | undefined;
}

/** A page of another port of this machine is of the same site; `none` is the address bar. */
const OWN_SITES = ['same-origin', 'none'];

/**
 * Refuse a request that a foreign page makes.
 *
 * @param allowedOrigins - of pages that may call, besides those of the same origin
 * @throws {TelemetryError} `REQUEST_FORBIDDEN`
 */
export function assertOrigin({ host, origin, site }: Caller, allowedOrigins: readonly string[]): void {
  if (origin !== undefined && allowedOrigins.includes(origin)) return;
  const isOwnOrigin = origin === undefined || isSameOrigin(origin, host);
  if (isOwnOrigin && (site === undefined || OWN_SITES.includes(site))) return;
  throw new TelemetryError(
    'REQUEST_FORBIDDEN',
    'Pages of this origin may not call. The option allowedOrigins allows those of your own interface.',
  );
}

/** @param host - with or without port, reached over whichever scheme `origin` has */
export function isSameOrigin(origin: string, host: string): boolean {
  const scheme = /^https?:\/\//.exec(origin)?.[0];
  const own = `${scheme}${host}`;
  return scheme !== undefined && URL.canParse(own) && new URL(own).origin === origin;
}
