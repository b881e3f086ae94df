import type { ReceiptClaims } from '../../privacy/index.js';

/** What a receipt says. Whether it is signed, and by whom, is not looked at. */
export interface Claims extends ReceiptClaims {
  /** The thumbprint (RFC 7638) of the key that it says to be signed with. */
  readonly keyId: string;
}

/**
 * Read what a receipt says.
 *
 * @param receipt - a compact JWS
 * @returns undefined for anything else, also for one whose text could be another and say the same. Never throws
 */
export function readClaims(receipt: string): Claims | undefined {
  const parts = receipt.split('.');
  if (parts.length !== 3 || !parts.every(isBase64Url)) return undefined;
  const [header = {}, claims = {}] = parts.slice(0, 2).map(parse);
  const { kid } = header;
  const { iat, count, root } = claims;
  if (typeof kid !== 'string' || typeof root !== 'string') return undefined;
  return Number.isSafeInteger(iat) && Number.isSafeInteger(count)
    ? { keyId: kid, iat: iat as number, count: count as number, root }
    : undefined;
}

/** The last character may have bits that decoding passes over. */
const isBase64Url = (text: string): boolean =>
  text !== '' && Buffer.from(text, 'base64url').toString('base64url') === text;

function parse(part: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(Buffer.from(part, 'base64url').toString())) as Record<string, unknown>;
  } catch {
    return {};
  }
}
