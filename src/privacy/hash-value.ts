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
