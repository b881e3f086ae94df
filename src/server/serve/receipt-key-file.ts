import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { ConfigError, proposeFile, readSmallFile } from '../../internal/index.js';

const FILE = 'receipt-key.json';
const MAX_BYTES = 2_048;

/**
 * The key by which an ingest signs receipts: the one that is kept beside its database, or a new one that is kept there from now on,
 * for its user alone (0600).
 *
 * @param dataDirectory - where the embedded database of this process is
 * @returns an Ed25519 private key, a JWK as JSON
 * @throws {ConfigError} `OPTION_INVALID` where there is something else, for a new key would leave old receipts without theirs; the
 *   file system's error
 */
export function openReceiptKey(dataDirectory: string): string {
  const path = join(dataDirectory, FILE);
  if (readSmallFile(path, MAX_BYTES).status === 'absent') proposeFile(path, createKey());
  const file = readSmallFile(path, MAX_BYTES);
  if (file.status === 'found') return new TextDecoder().decode(file.bytes);
  throw new ConfigError(
    'OPTION_INVALID',
    `The key of receipts cannot be read: ${FILE} in SOTTO_DATA_DIR. Put it right, or set RECEIPT_SIGNING_KEY.`,
  );
}

function createKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  return `${JSON.stringify(privateKey.export({ format: 'jwk' }))}\n`;
}
