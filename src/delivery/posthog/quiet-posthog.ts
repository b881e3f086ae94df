import { PostHog } from 'posthog-node';

/** Far beyond any of our batches: posthog-node must never cut, drop or send by itself. */
const NEVER = 1_000_000;

/** Who is speaking. */
interface Library {
  readonly name: string;
  readonly version: string;
}

export interface QuietPostHogOptions {
  readonly host: string;
  readonly fetch: (url: string, options: RequestInit) => Promise<Response>;
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
  }

  override getLibraryId(): string {
    return this.#library.name;
  }

  override getLibraryVersion(): string {
    return this.#library.version;
  }

  /** An event leaves as it stands in the ledger, also one that an older version of this package recorded. */
  protected override getCommonEventProperties(): Record<string, never> {
    return {};
  }

  override getCustomUserAgent(): string {
    return `${this.#library.name}/${this.#library.version}`;
  }
}
