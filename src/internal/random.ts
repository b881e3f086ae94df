import { nodeCrypto } from './node-crypto.js';

/** A random UUID, version 4. */
export function randomId(): string {
  return nodeCrypto().randomUUID();
}

/** As many bytes from the system's random generator. */
export function randomBytes(size: number): Uint8Array {
  return nodeCrypto().randomBytes(size);
}
