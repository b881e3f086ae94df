import { canonicalDigest } from '../internal/index.js';

/** The `typ` of a receipt: no other kind of signed text can pass for one. */
export const RECEIPT_TYPE = 'sotto-receipt+jwt';

/** What a receipt signs, besides `iat`, when it was given, in seconds since 1970. */
export interface ReceiptClaims {
  readonly iat: number;
  /** Of the events of the request. */
  readonly count: number;
  readonly root: string;
}

/**
 * What all events of a request come to: SHA-256 of the canonical text of the list of their digests.
 *
 * @param digests - see `digestOfEvent`; in the order of the request
 */
export const toReceiptRoot = (digests: readonly string[]): string => canonicalDigest(digests);
