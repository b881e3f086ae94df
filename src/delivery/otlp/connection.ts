import { LIBRARY_NAME, LIBRARY_VERSION } from '../../internal/index.js';
import type { OtlpProtocol, Proxies } from '../../settings/index.js';
import { createRequester } from '../http/requester.js';
import { type SendResult, toSendResult } from '../send-result.js';
import type { Sink } from '../sink.js';
import type { OtlpEncoder } from './otlp-encoder.js';
import type { OtlpSource } from './to-otlp.js';

export interface OtlpConfig extends OtlpSource {
  /** Without trailing slash, and without the path of a signal. */
  readonly endpoint: string;
  readonly protocol: OtlpProtocol;
  /** Sent with every request, by lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly requestTimeoutMs: number;
  /**
   * Asked at the last moment before every request, whatever was waited for since it was decided; false makes none. Asked more than
   * once for one request.
   */
  readonly mayRequest: () => boolean;
  /** What requests may have to go through. */
  readonly proxies: Proxies;
  /** A body of more bytes is compressed; none is when undefined. */
  readonly compressionThresholdBytes: number | undefined;
  /** OpenTelemetry's package could not be loaded: nothing was sent, and events wait. Called at every attempt. */
  readonly onPeerMissing?: () => void;
}

/** Gives the encoder; rejects when OpenTelemetry's package cannot be loaded. */
export type LoadEncoder = (config: OtlpConfig) => Promise<OtlpEncoder>;

/** Nobody was asked, so that nothing is known of the server; and to try soon again would be of no use. */
const NOT_SENT: SendResult = { status: 'retry', isUnreachable: true };

const CONTENT_TYPES: Readonly<Record<OtlpProtocol, string>> = {
  'http/protobuf': 'application/x-protobuf',
  'http/json': 'application/json',
};

/**
 * Prepare to send OTLP over HTTP. Loads and opens nothing before the first request, and reads none of OpenTelemetry's variables,
 * which are about the user's own telemetry.
 *
 * A batch of several signals is `mixed`: each has a path of its own, and so a request. Of an answer with success the status line
 * decides: what a receiver accepted in part counts as accepted, for OTLP forbids to send it again.
 */
export function connectOtlp(config: OtlpConfig, loadEncoder: LoadEncoder = importEncoder): Sink {
  const { endpoint, protocol, requestTimeoutMs: timeoutMs, onPeerMissing } = config;
  const request = createRequester({ ...config, timeoutMs });
  const headers = {
    'user-agent': `${LIBRARY_NAME}/${LIBRARY_VERSION}`,
    ...config.headers,
    'content-type': CONTENT_TYPES[protocol],
  };
  const ending = new AbortController();
  let encoder: OtlpEncoder | undefined;

  return {
    async send(batch) {
      try {
        encoder ??= await loadEncoder(config);
      } catch {
        onPeerMissing?.();
        return NOT_SENT;
      }
      const parts = encoder.partsOf(batch);
      if (parts.length > 1) return { status: 'mixed', parts };
      const { signal, body } = encoder.encode(batch);
      const url = new URL(`${endpoint}/v1/${signal}`);
      const { outcome } = await request({ url, method: 'POST', headers, body }, ending.signal);
      return toSendResult(outcome);
    },

    abort: () => ending.abort(),
  };
}

const importEncoder: LoadEncoder = async (config) => {
  const { createOtlpEncoder } = await import('./otlp-encoder.js');
  return createOtlpEncoder(config, config.protocol);
};
