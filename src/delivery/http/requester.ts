import { type Proxies, proxyFor } from '../../settings/index.js';
import { parseRetryAfter } from '../retry-after.js';
import type { RequestOutcome } from '../send-result.js';
import { compress } from './compress.js';
import type { HttpExchange, HttpRequest } from './http-exchange.js';
import { loadHttpExchange } from './load-http-exchange.js';

export interface RequesterConfig {
  /** For the whole exchange, the answer's body included. */
  readonly timeoutMs: number;
  /** Asked before a connection is made, and once more when it stands: nothing is sent on false. May abort what was begun. */
  readonly mayRequest: () => boolean;
  /** What requests may have to go through. */
  readonly proxies: Proxies;
  /** A body of more bytes is compressed; none is when undefined. */
  readonly compressionThresholdBytes: number | undefined;
}

/** An HTTP exchange as it really went. */
export interface Exchange {
  readonly outcome: RequestOutcome;
  /** The answer's text; empty when there was none. */
  readonly body: string;
}

/** As if no request was made. */
export const NO_EXCHANGE: Exchange = { outcome: { kind: 'failed' }, body: '' };

/** Makes one request. `signal` gives it up, under way or not yet begun. Never rejects. */
export type Requester = (request: HttpRequest, signal: AbortSignal | undefined) => Promise<Exchange>;

/**
 * Requests to one server, one after the other. Each is asked about at the last moment, compressed, bounded in time and never
 * redirected: events go where the maker and the user were told, or nowhere.
 *
 * @remarks Loads and opens nothing before the first request.
 */
export function createRequester(config: RequesterConfig): Requester {
  const { timeoutMs, mayRequest, proxies, compressionThresholdBytes } = config;
  let http: Promise<HttpExchange> | undefined;

  function loadHttp(): Promise<HttpExchange> {
    http ??= loadHttpExchange((address) => proxyFor(address, proxies));
    return http;
  }

  return async (request, given) => {
    const giveUp = new AbortController();
    const abort = () => giveUp.abort();
    const timer = setTimeout(abort, timeoutMs).unref();
    given?.addEventListener('abort', abort);
    try {
      const [{ send }, packed] = await Promise.all([loadHttp(), pack(request, compressionThresholdBytes)]);
      // The question first: a no that it meets may be what gives the request up.
      if (!mayRequest() || given?.aborted || giveUp.signal.aborted) return NO_EXCHANGE;
      const start = (handOver: () => void) => void (mayRequest() && handOver());
      const { status, retryAfter, isPage, body } = await send(packed, start, giveUp.signal);
      const retryAfterMs = parseRetryAfter(retryAfter ?? null, Date.now());
      return { outcome: { kind: 'answered', status, isPage, retryAfterMs }, body };
    } catch {
      return NO_EXCHANGE;
    } finally {
      clearTimeout(timer);
      given?.removeEventListener('abort', abort);
    }
  };
}

async function pack(request: HttpRequest, thresholdBytes: number | undefined): Promise<HttpRequest> {
  const packed = await compress(request.body, thresholdBytes);
  if (packed === undefined) return request;
  return { ...request, headers: { ...request.headers, 'Content-Encoding': 'gzip' }, body: packed };
}
