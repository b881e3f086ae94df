import { blake3 } from '@noble/hashes/blake3.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { BoundedCache } from '../internal/index.js';
import { toCanonicalText } from './canonical.js';

/** `installation` values can be recognised from session to session, `session` values only within one. */
export type HashScope = 'installation' | 'session';

/**
 * Turn a value into its keyed hash: a string such as `blake3:5f1c…` (32 hexadecimal digits).
 *
 * @param value - anything but nullish; equal values give equal hashes, `0` and `"0"` different ones
 * @param identity - the class of thing the value names, such as `repository`: hashes of one class are comparable,
 *   hashes of two classes are not, so that a user name and a folder name that happen to be equal cannot be joined
 */
export type HashValue = (value: unknown, identity: string) => string;

/** Stands where a hash would be as long as no secret exists: before consent, in a preview. Marked, so nobody mistakes it. */
export const HASH_PLACEHOLDER = 'blake3:<hash>';

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
