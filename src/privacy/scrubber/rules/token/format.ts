/**
 * How a vendor writes a secret: the prefix it documents so that scanners find it, and an expression for what follows.
 * A body is matched to its end whatever its length, from a minimum that keeps ordinary words out.
 */
export type TokenFormat = readonly [prefix: string, body: string];

/** The same body behind each of some prefixes. */
export function formats(prefixes: string, body: string): readonly TokenFormat[] {
  return prefixes.split(' ').map((prefix) => [prefix, body]);
}

/** Letters and digits, at least so many. */
export const alnum = (min: number): string => `[A-Za-z0-9]{${min},}`;

/** Letters, digits, `_` and `-`, at least so many. */
export const word = (min: number): string => `[\\w-]{${min},}`;

/** Lower-case hexadecimal digits, at least so many. */
export const hex = (min: number): string => `[a-f0-9]{${min},}`;

/** Base64 in either alphabet, with padding, at least so many. */
export const base64 = (min: number): string => `[\\w+/=-]{${min},}`;

/** The end of the token, for bodies of a fixed length. */
export const END = '(?![A-Za-z0-9])';
