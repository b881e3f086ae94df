import type { HttpRequest } from '../http/http-exchange.js';
import { createRequester, type Exchange, NO_EXCHANGE, type RequesterConfig } from '../http/requester.js';

/** As much of a `Response` as posthog-node reads. */
type Answer = Pick<Response, 'status' | 'text' | 'json'>;

/** To a question about flags too. Made once: a `Response` takes as long as a request. */
const ALL_IS_WELL: Answer = {
  status: 200,
  text: async () => '{"flags":{}}',
  json: async () => ({ flags: {} }),
};

export interface RecordingFetch {
  /** Given to posthog-node in place of `fetch`. */
  readonly fetch: (url: string, options: RequestInit) => Promise<Answer>;
  /** Watch the next exchange. `signal` gives it up, under way or not yet begun. */
  begin(signal: AbortSignal): void;
  /** How the exchange went; `failed` when posthog-node made none. */
  lastExchange(): Exchange;
}

/**
 * A `fetch` that keeps what happened for our own policy and always tells posthog-node that all is well. Told of a
 * failure, posthog-node would print it, and keep a batch or delete it as it sees fit; so told, it does neither.
 */
export function createRecordingFetch(config: RequesterConfig): RecordingFetch {
  const request = createRequester(config);
  let last = NO_EXCHANGE;
  let watched: AbortSignal | undefined;
  return {
    fetch: async (url, options) => {
      last = await request(toRequest(url, options), watched);
      return ALL_IS_WELL;
    },
    begin: (signal) => {
      watched = signal;
      last = NO_EXCHANGE;
    },
    lastExchange: () => last,
  };
}

/** posthog-node hands over plain objects and texts: it is told to compress nothing. */
function toRequest(url: string, { method = 'POST', headers, body }: RequestInit): HttpRequest {
  return {
    url: new URL(url),
    method,
    headers: headers as Record<string, string>,
    body: typeof body === 'string' ? body : '',
  };
}
