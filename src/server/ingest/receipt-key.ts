import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { ConfigError } from '../../internal/index.js';

/** The two sides of the key that receipts are signed with. */
export interface ReceiptKey {
  readonly signs: KeyObject;
  readonly verifies: KeyObject;
}

/**
 * @param text - an Ed25519 private key: a JWK as JSON, or PKCS #8 as PEM
 * @throws {ConfigError} `OPTION_INVALID`, without anything of the key
 */
export function parseReceiptKey(text: string): ReceiptKey {
  const signs = read(text);
  if (signs?.asymmetricKeyType === 'ed25519') return { signs, verifies: createPublicKey(signs) };
  throw new ConfigError(
    'OPTION_INVALID',
    'receiptKey, which is RECEIPT_SIGNING_KEY for a service, must be an Ed25519 private key: a JWK as JSON, or PKCS #8 as PEM.',
  );
}

function read(text: unknown): KeyObject | undefined {
  try {
    if (typeof text !== 'string') return undefined;
    const isJwk = text.trimStart().startsWith('{');
    return isJwk ? createPrivateKey({ key: JSON.parse(text), format: 'jwk' }) : createPrivateKey(text);
  } catch {
    return undefined;
  }
}
