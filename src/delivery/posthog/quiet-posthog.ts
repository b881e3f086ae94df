import { PostHog } from 'posthog-node';
import type { Message } from '../message.js';
import type { RecordingFetch } from './recording-fetch.js';

/** Far beyond any of our batches: posthog-node must never cut, drop or send by itself. */
const NEVER = 1_000_000;

/** Who is speaking. */
interface Library {
  readonly name: string;
  readonly version: string;
}

export interface QuietPostHogOptions {
  readonly host: string;
  readonly fetch: RecordingFetch['fetch'];
  readonly library: Library;
}

/**
 * posthog-node, reduced to what it is used for: building requests. No flushing of its own, no retries,
 * no printing, no exception capture, no person or location data, no properties but ours.
 *
 * Loaded at the first real request only; this is the one file that imports posthog-node.
 */
export class QuietPostHog extends PostHog {
  readonly #library: Library;

  constructor(key: string, { host, fetch, library }: QuietPostHogOptions) {
    super(key, {
      host,
      fetch: fetch as never,
      flushAt: NEVER,
      maxBatchSize: NEVER,
      maxQueueSize: NEVER,
      flushInterval: 0,
      fetchRetryCount: 0,
      featureFlagsRequestMaxRetries: 0,
      requestTimeout: NEVER,
      featureFlagsRequestTimeoutMs: NEVER,
      disableCompression: true,
      disableGeoip: true,
      isServer: false,
      enableExceptionAutocapture: false,
      sendFeatureFlagEvent: false,
      featureFlagsLogWarnings: false,
    });
    this.#library = library;
    // A variable of the host's environment (POSTHOG_CAPTURE_MODE) would otherwise change our wire format.
    Object.defineProperty(this, 'captureMode', { value: 'v0' });
    // It would parse every timestamp and print it as it was: ours are as the wire has them.
    Object.defineProperty(this, 'normalizeTimestampForWire', { value: (timestamp: string) => timestamp });
  }

  /**
   * Make one request for a batch. It goes past posthog-node's own queue, which would copy every event four times, and make a
   * promise and an id for each.
   */
  send(batch: readonly Message[]): Promise<void> {
    // Its types know nothing that is read-only.
    return this.sendBatch([...batch] as never[]);
  }

  override getLibraryId(): string {
    return this.#library.name;
  }

  override getLibraryVersion(): string {
    return this.#library.version;
  }

  override getCustomUserAgent(): string {
    return `${this.#library.name}/${this.#library.version}`;
  }
}
