import type { Entitlements } from '../../wire/index.js';

/**
 * What is known of the licence.
 *
 * - `valid`: the vendor said so, within the cache's time or the grace after it
 * - `invalid`: the vendor knows it no more, or says that it is revoked or expired. Stays until the vendor says otherwise
 * - `unknown`: the vendor has not answered yet, or not for longer than the cache's time and the grace
 *
 * Only `valid` sends.
 */
export type LicenseState = 'valid' | 'invalid' | 'unknown';

/** As `GET /internal/license` tells it, and never the key. */
export interface License {
  readonly state: LicenseState;
  /** Undefined while the vendor has not told it, and for a licence that it knows no more. */
  readonly customerId: string | undefined;
  readonly customerName: string | undefined;
  readonly entitlements: Entitlements | undefined;
  /** ISO 8601, UTC; null: never, or not known. Only told: whether a licence is valid is what the vendor says, and not this clock. */
  readonly expiresAt: string | null;
  /** For people: the vendor's, and one more while the vendor does not answer. */
  readonly warnings: readonly string[];
  /** Whether it is what the vendor said before, and not just now. */
  readonly isCached: boolean;
}

/** Keeps what the vendor said of the licence. */
export interface LicenseKeeper {
  /**
   * What holds now. Asks the vendor when the cache's time is over, and while the vendor does not answer after longer and longer pauses;
   * many callers at once ask once. Never rejects.
   */
  read(): Promise<License>;
  /** Ask the vendor now, whatever is kept; together with whoever is asking. Never rejects. */
  refresh(): Promise<License>;
  /** What holds now, without asking anybody. */
  peek(): License;
  /** The vendor has refused a report for its licence (401 or 403): it is invalid until the vendor says otherwise, asked after the cache's time. */
  markInvalid(): void;
}
