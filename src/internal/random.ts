type Crypto = typeof import('node:crypto');

let crypto: Crypto | undefined;

/** Loaded by its first use: it takes two milliseconds, which a client that stays off, or is never used, need not spend. */
function loadCrypto(): Crypto {
  crypto ??= process.getBuiltinModule('node:crypto');
  return crypto;
}

/** A random UUID, version 4. */
export function randomId(): string {
  return loadCrypto().randomUUID();
}

/** As many bytes from the system's random generator. */
export function randomBytes(size: number): Uint8Array {
  return loadCrypto().randomBytes(size);
}
