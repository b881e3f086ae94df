import { readSync } from 'node:fs';

const CHUNK_BYTES = 65_536;

/**
 * What an open file holds, from where it stands; undefined when that is more than `maxBytes`.
 *
 * @throws the file system's error
 * @remarks The size that the system tells is not relied on: files of `/proc` are endless at size 0, and others grow.
 */
export function readAtMost(descriptor: number, maxBytes: number): Uint8Array | undefined {
  const chunks: Buffer[] = [];
  let size = 0;
  while (size <= maxBytes) {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, maxBytes + 1 - size));
    const count = readSync(descriptor, chunk);
    if (count === 0) return new Uint8Array(Buffer.concat(chunks));
    chunks.push(chunk.subarray(0, count));
    size += count;
  }
  return undefined;
}
