import type { FileHandle } from 'node:fs/promises';

/**
 * Write pieces behind each other.
 *
 * @returns how many bytes they were
 * @throws the file system's error, what asking for a piece throws, and the signal's reason once it is aborted
 */
export async function writePieces(
  file: FileHandle,
  pieces: Iterable<string | Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<number> {
  let bytes = 0;
  for (const piece of pieces) {
    signal?.throwIfAborted();
    await file.writeFile(piece);
    bytes += Buffer.byteLength(piece);
  }
  signal?.throwIfAborted();
  return bytes;
}
