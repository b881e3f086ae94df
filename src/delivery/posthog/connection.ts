import { parseFlagsResponse, type RemoteFlags } from '../../flags/index.js';
import { LIBRARY_NAME, LIBRARY_VERSION } from '../../internal/index.js';
import type { Proxies } from '../../settings/index.js';
import { toSendResult } from '../send-result.js';
import type { Sink } from '../sink.js';
import { MessageMaker } from './message-maker.js';
import type { QuietPostHog } from './quiet-posthog.js';
import { readReceipt } from './read-receipt.js';
import { createRecordingFetch, type RecordingFetch } from './recording-fetch.js';

export interface PostHogConfig {
  readonly key: string;
  /** Without trailing slash. */
  readonly host: string;
  readonly requestTimeoutMs: number;
  /**
   * Asked at the last moment before every request, whatever was waited for since it was decided; false makes none. Asked more than
   * once for one request.
   */
  readonly mayRequest: () => boolean;
  /** What requests may have to go through. */
  readonly proxies: Proxies;
  /** A batch of more bytes is compressed; none is when undefined. */
  readonly compressionThresholdBytes: number | undefined;
}

/** One project's two uses: a sink for batches, and the evaluation of flags. */
export interface PostHogConnection extends Sink {
  /**
   * Ask for the flags of an id. The id is random and stands alone: nothing else of a person is sent.
   *
   * @param keys - which flags; all of the project when undefined
   * @param signal - gives the request up
   * @returns undefined when there was no usable answer
   */
  fetchFlags(
    distinctId: string,
    keys: readonly string[] | undefined,
    signal: AbortSignal,
  ): Promise<RemoteFlags | undefined>;
}

/** Prepare to talk to PostHog. Loads and opens nothing before the first request. */
export function connectPostHog(config: PostHogConfig): PostHogConnection {
  const batches = createLazyClient(config);
  // A question about flags is small, and PostHog documents compression for events only.
  const flags = createLazyClient({ ...config, compressionThresholdBytes: undefined });
  const ending = new AbortController();
  const messages = new MessageMaker();

  return {
    async send(batch, upcoming) {
      const client = await batches.client();
      batches.recording.begin(ending.signal);
      const sent = client.send(messages.make(batch));
      if (upcoming) messages.makeAhead(upcoming);
      await sent;
      const { outcome, body } = batches.recording.lastExchange();
      const result = toSendResult(outcome);
      const receipt = result.status === 'accepted' ? readReceipt(body) : undefined;
      return receipt === undefined ? result : { status: 'accepted', receipt };
    },

    async fetchFlags(distinctId, keys, signal) {
      const client = await flags.client();
      flags.recording.begin(signal);
      await client.evaluateFlags(distinctId, { disableGeoip: true, ...(keys && { flagKeys: [...keys] }) });
      const { outcome, body } = flags.recording.lastExchange();
      return outcome.kind === 'answered' && outcome.status === 200
        ? parseFlagsResponse(parseJson(body))
        : undefined;
    },

    abort() {
      ending.abort();
      messages.forget();
    },
  };
}

const LIBRARY = { name: LIBRARY_NAME, version: LIBRARY_VERSION };

interface LazyClient {
  client(): Promise<QuietPostHog>;
  readonly recording: RecordingFetch;
}

function createLazyClient({ key, host, requestTimeoutMs, ...config }: PostHogConfig): LazyClient {
  const recording = createRecordingFetch({ ...config, timeoutMs: requestTimeoutMs });
  let client: Promise<QuietPostHog> | undefined;
  return {
    recording,
    client: () => {
      client ??= import('./quiet-posthog.js').then(
        ({ QuietPostHog }) => new QuietPostHog(key, { host, fetch: recording.fetch, library: LIBRARY }),
      );
      return client;
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
