import { toCanonicalJson } from './canonical-json.js';
import { nodeCrypto } from './node-crypto.js';

/** SHA-256 of a text in UTF-8, as 64 hexadecimal digits: what `sha256sum` prints. */
export function sha256(text: string): string {
  return nodeCrypto().hash('sha256', text, 'hex');
}

/** The same of JSON data: of its canonical text (RFC 8785), so that equal values have equal ones. @throws as `toCanonicalJson` does */
export function canonicalDigest(value: object): string {
  return sha256(toCanonicalJson(value));
}
