/** What became of one request to the vendor service. */
export type VendorOutcome =
  /** It was answered, and the answer was read to its end. */
  | {
      readonly status: 'answered';
      readonly httpStatus: number;
      /** How long it asks to wait, at most a day; undefined when it does not. */
      readonly retryAfterMs: number | undefined;
      /** The JSON value of the answer; undefined for anything else. */
      readonly body: unknown;
    }
  /** No whole answer came. Where `hasLeft`, the vendor may have it all the same. */
  | {
      readonly status: 'unanswered';
      readonly reason: UnansweredReason;
      readonly hasLeft: boolean;
    }
  /** It was decided otherwise while the connection was made, or it was given up by then: not a byte of it has left. */
  | { readonly status: 'withheld' };

/**
 * - `network`: no connection was made, or it ended too early
 * - `timeout`
 * - `tls`: the other end did not show that it is who it should be
 */
export type UnansweredReason = 'network' | 'timeout' | 'tls';

export interface VendorRequest {
  /** Of `VENDOR_PATHS`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON as it travels. */
  readonly body: string;
  /**
   * Asked once the connection stands, TLS included: calls `send`, which hands the request over at once, or does not call it. Sends at once
   * unless given. Rejecting is no yes: what has not been handed over by then is withheld.
   *
   * @returns whether `send` was called
   */
  readonly start?: (send: () => void) => Promise<boolean>;
  /** Gives it up. */
  readonly signal?: AbortSignal;
}

/**
 * Requests to the vendor service, with the licence key. TLS only, but on this machine; certificates are checked; no redirect is followed, so
 * that the key goes to one host alone; the proxies of the environment are heard.
 */
export interface VendorClient {
  /** Never rejects. Ends within its timeout. */
  post(request: VendorRequest): Promise<VendorOutcome>;
}
