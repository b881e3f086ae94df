import { blake3 } from '@noble/hashes/blake3.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { BoundedCache } from '../internal/index.js';
import { toCanonicalText } from './canonical.js';
import type { HashValue } from './hash-value.js';

const HASH_BYTES = 16;
// Together these bound what the cache can hold to some twenty megabytes, however many keys a payload invents.
const CACHED_VALUES = 256;
const CACHED_LENGTH = 256;
const CACHED_IDENTITIES = 32;

/**
 * A keyed hash for one secret.
 *
 * @param secret - 32 random bytes; who holds them can test guesses, so they never leave the installation
 * @remarks Pure but for a bounded cache of recent string values, which lives in memory only. Can this identify someone?
 *   Within one installation it correlates events about the same thing: pseudonymous, not anonymous.
 */
export function createKeyedHash(secret: Uint8Array): HashValue {
  const identities = new BoundedCache<string, IdentityHash>(CACHED_IDENTITIES);
  return (value, identity) => {
    let hash = identities.get(identity);
    if (!hash) {
      hash = createIdentityHash(secret, identity);
      identities.set(identity, hash);
    }
    return hash(value);
  };
}

type IdentityHash = (value: unknown) => string;

function createIdentityHash(secret: Uint8Array, identity: string): IdentityHash {
  const key = blake3(utf8ToBytes(`sotto hash identity\0${identity}`), { key: secret, dkLen: 32 });
  const digest = (text: string) =>
    `blake3:${bytesToHex(blake3(utf8ToBytes(text), { key, dkLen: HASH_BYTES }))}`;
  const recent = new BoundedCache<string, string>(CACHED_VALUES);
  return (value) => {
    if (typeof value !== 'string' || value.length > CACHED_LENGTH) return digest(toCanonicalText(value));
    const known = recent.get(value);
    if (known !== undefined) return known;
    const hash = digest(toCanonicalText(value));
    recent.set(value, hash);
    return hash;
  };
}
