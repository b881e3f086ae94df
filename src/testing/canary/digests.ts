import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { blake3 } from '@noble/hashes/blake3.js';

/** A value that was put through a plain hash, by the hash's name. */
export interface Digest {
  readonly algorithm: string;
  readonly bytes: Buffer;
}

const OF_NODE = [
  'md5',
  'sha1',
  'sha224',
  'sha256',
  'sha384',
  'sha512',
  'sha3-256',
  'ripemd160',
  'blake2b512',
] as const;

/** The plain hashes that are in use, of one text. Those that this build of Node.js has not are left out. */
export function digestsOf(text: string): readonly Digest[] {
  const bytes = Buffer.from(text);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(bytes));
  return [
    ...OF_NODE.flatMap((algorithm) => digestOf(algorithm, bytes)),
    { algorithm: 'blake3', bytes: Buffer.from(blake3(bytes)) },
    { algorithm: 'crc32', bytes: checksum },
  ];
}

function digestOf(algorithm: string, bytes: Buffer): readonly Digest[] {
  try {
    return [{ algorithm, bytes: createHash(algorithm).update(bytes).digest() }];
  } catch {
    // Builds for some authorities have no md5.
    return [];
  }
}
