import { digestOfEvent, RECEIPT_TYPE, type ReceiptClaims, toReceiptRoot } from '../../privacy/index.js';
import type { IngestEvent } from '../wire/index.js';
import { parseReceiptKey, type ReceiptKey } from './receipt-key.js';

/** What signs for received events, and tells by which key. */
export interface Receipts {
  /**
   * A compact JWS over the digests of all events of a request, in its order.
   *
   * @param received - as they were in the request, before anything was made of them
   * @returns undefined where there is no key, or for an event that has no canonical text, such as one with a number beyond all bounds
   */
  sign(received: readonly IngestEvent[], nowMs: number): Promise<string | undefined>;
  /** The public keys, as a JWK set. */
  keys(): Promise<{ readonly keys: readonly object[] }>;
}

const ALGORITHM = 'EdDSA';

/** Gives none: the same server without a key. */
const NONE: Receipts = {
  sign: async () => undefined,
  keys: async () => ({ keys: [] }),
};

/**
 * @param key - see `parseReceiptKey`; undefined: no receipts are given
 * @throws {ConfigError} `OPTION_INVALID`
 * @remarks What signs is loaded when it is first needed.
 */
export function createReceipts(key: string | undefined): Receipts {
  if (key === undefined) return NONE;
  const parsed = parseReceiptKey(key);
  let signer: Promise<Signer> | undefined;
  const open = () => {
    signer ??= openSigner(parsed);
    return signer;
  };
  return {
    async sign(received, nowMs) {
      const digests = toDigests(received);
      if (!digests) return undefined;
      const { sign } = await open();
      return sign({ iat: Math.floor(nowMs / 1_000), count: digests.length, root: toReceiptRoot(digests) });
    },
    keys: async () => ({ keys: [(await open()).publicKey] }),
  };
}

interface Signer {
  readonly publicKey: object;
  sign(claims: ReceiptClaims): Promise<string>;
}

async function openSigner({ signs, verifies }: ReceiptKey): Promise<Signer> {
  const { calculateJwkThumbprint, CompactSign, exportJWK } = await import('jose');
  const jwk = await exportJWK(verifies);
  const kid = await calculateJwkThumbprint(jwk);
  const header = { alg: ALGORITHM, kid, typ: RECEIPT_TYPE };
  const { kty, crv, x } = jwk;
  return {
    publicKey: { kty, crv, x, kid, alg: ALGORITHM, use: 'sig' },
    sign: (claims) =>
      new CompactSign(Buffer.from(JSON.stringify(claims))).setProtectedHeader(header).sign(signs),
  };
}

function toDigests(received: readonly IngestEvent[]): readonly string[] | undefined {
  try {
    return received.map(digestOfEvent);
  } catch {
    return undefined;
  }
}
