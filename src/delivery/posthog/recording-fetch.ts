import { type Proxies, proxyFor } from '../../settings/index.js';
import { parseRetryAfter } from '../retry-after.js';
import type { RequestOutcome } from '../send-result.js';
import { compress } from './compress.js';
import type { HttpExchange } from './http-exchange.js';

export interface RecordingFetchConfig {
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

export interface RecordingFetch {
  /** Given to posthog-node in place of `fetch`. */
  readonly fetch: (url: string, options: RequestInit) => Promise<Response>;
  /** Watch the next exchange. `signal` gives it up, under way or not yet begun. */
  begin(signal: AbortSignal): void;
  /** How the exchange went; `failed` when posthog-node made none. */
  lastExchange(): Exchange;
}

const NO_EXCHANGE: Exchange = { outcome: { kind: 'failed' }, body: '' };

/**
 * A `fetch` that keeps what happened for our own policy and always tells posthog-node that all is well. Told of a
 * failure, posthog-node would print it, and keep a batch or delete it as it sees fit; so told, it does neither.
 *
 * @remarks Redirects are not followed: events go where the maker and the user were told, or nowhere.
 */
export function createRecordingFetch(config: RecordingFetchConfig): RecordingFetch {
  const { timeoutMs, mayRequest, proxies, compressionThresholdBytes } = config;
  let http: Promise<HttpExchange> | undefined;
  let last = NO_EXCHANGE;
  let watched: AbortSignal | undefined;

  function loadHttp(): Promise<HttpExchange> {
    http ??= import('./http-exchange.js').then(({ createHttpExchange }) =>
      createHttpExchange((address) => proxyFor(address, proxies)),
    );
    return http;
  }

  async function exchange(url: string, options: RequestInit, given?: AbortSignal): Promise<Exchange> {
    const giveUp = new AbortController();
    const abort = () => giveUp.abort();
    const timer = setTimeout(abort, timeoutMs).unref();
    given?.addEventListener('abort', abort);
    try {
      const [{ send }, request] = await Promise.all([
        loadHttp(),
        toRequest(url, options, compressionThresholdBytes),
      ]);
      // The question first: a no that it meets may be what gives the request up.
      if (!mayRequest() || given?.aborted || giveUp.signal.aborted) return NO_EXCHANGE;
      const { status, retryAfter, isPage, body } = await send(request, mayRequest, giveUp.signal);
      const retryAfterMs = parseRetryAfter(retryAfter ?? null, Date.now());
      return { outcome: { kind: 'answered', status, isPage, retryAfterMs }, body };
    } catch {
      return NO_EXCHANGE;
    } finally {
      clearTimeout(timer);
      given?.removeEventListener('abort', abort);
    }
  }

  return {
    fetch: async (url, options) => {
      last = await exchange(url, options, watched);
      return Response.json({ flags: {} });
    },
    begin: (signal) => {
      watched = signal;
      last = NO_EXCHANGE;
    },
    lastExchange: () => last,
  };
}

/** posthog-node hands over plain objects and texts: it is told to compress nothing. */
async function toRequest(
  url: string,
  { method = 'POST', headers, body: given }: RequestInit,
  thresholdBytes: number | undefined,
) {
  const text = typeof given === 'string' ? given : '';
  const packed = await compress(text, thresholdBytes);
  const encoding = packed && { 'Content-Encoding': 'gzip' };
  return {
    url: new URL(url),
    method,
    headers: { ...(headers as Record<string, string>), ...encoding },
    body: packed ?? text,
  };
}
