import { ConfigError } from '../../../internal/index.js';
import type { ConfigService } from './config-service.js';

export interface ConfigUpstreamOptions {
  /** For the whole answer, 5,000 unless given. */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 5_000;
const FORWARDED = ['authorization', 'content-type', 'if-match'];

/**
 * A settings service in another process. What it answers is bounded by who reads it.
 *
 * @param url - where it stands, such as `http://config-service:8080`; requests go below it
 * @returns rejects when the service cannot be reached, takes too long, or leads to another address
 * @throws {ConfigError} `OPTION_INVALID`
 */
export function createConfigUpstream(
  url: string,
  { timeoutMs = DEFAULT_TIMEOUT_MS }: ConfigUpstreamOptions = {},
): ConfigService {
  const base = parseServiceUrl(url);
  return async (request) => {
    const { pathname } = new URL(request.url);
    const target = new URL(`${base.pathname.replace(/\/$/, '')}${pathname}`, base);
    const headers = new Headers(
      [...request.headers].filter(([name]) => FORWARDED.includes(name)) as [string, string][],
    );
    const body = request.body === null ? null : await request.arrayBuffer();
    return fetch(target, {
      method: request.method,
      headers,
      body,
      // Another address would be given the token.
      redirect: 'error',
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), request.signal]),
    });
  };
}

function parseServiceUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '')
    return url;
  throw new ConfigError(
    'OPTION_INVALID',
    'The address of the settings service must be an http or https URL without a user name, such as http://config-service:8080.',
  );
}
