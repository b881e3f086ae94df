type Crypto = typeof import('node:crypto');

let crypto: Crypto | undefined;

/** Loaded by its first use: it takes two milliseconds, which a client that stays off, or is never used, need not spend. */
export function nodeCrypto(): Crypto {
  crypto ??= process.getBuiltinModule('node:crypto');
  return crypto;
}
