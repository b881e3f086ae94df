import { parseRetryAfter } from '../retry-after.js';
import type { RequestOutcome } from '../send-result.js';

/** As much of an answer as is worth reading; a longer one is cut off together with its connection. */
const MAX_ANSWER_BYTES = 262_144;

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
 * @param timeoutMs - for the whole exchange, the answer's body included
 * @param mayRequest - asked at the last moment before every request; none is made on false
 * @remarks Redirects are not followed: events go where the maker and the user were told, or nowhere.
 */
export function createRecordingFetch(timeoutMs: number, mayRequest: () => boolean): RecordingFetch {
  let last = NO_EXCHANGE;
  let watched: AbortSignal | undefined;

  async function exchange(url: string, options: RequestInit, given?: AbortSignal): Promise<Exchange> {
    // A timer and a listener of our own: Node 20 may collect what AbortSignal.any() holds, and the time-out with it.
    const giveUp = new AbortController();
    const abort = () => giveUp.abort();
    const timer = setTimeout(abort, timeoutMs);
    given?.addEventListener('abort', abort);
    if (given?.aborted || !mayRequest()) abort();
    try {
      const response = await fetch(url, { ...options, redirect: 'manual', signal: giveUp.signal });
      const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), Date.now());
      return {
        outcome: { kind: 'answered', status: response.status, retryAfterMs },
        body: await readBounded(response),
      };
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

async function readBounded(response: Response): Promise<string> {
  if (!response.body) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  // Leaving the loop early cancels the stream, and with it the connection.
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) return '';
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
