import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

/** More than any telemetry sends at once: what unpacks to more than this is not unpacked. */
const MAX_BYTES = 64 * 1024 * 1024;
const LIMIT = { maxOutputLength: MAX_BYTES };

const DECODERS: Readonly<Record<string, readonly ((body: Buffer) => Buffer)[]>> = {
  gzip: [(body) => gunzipSync(body, LIMIT)],
  'x-gzip': [(body) => gunzipSync(body, LIMIT)],
  // Both are called so, and only one of them rightly.
  deflate: [(body) => inflateSync(body, LIMIT), (body) => inflateRawSync(body, LIMIT)],
  br: [(body) => brotliDecompressSync(body, LIMIT)],
};

/** How a body is packed that does not say so: by its first bytes. */
const GZIP_START = Buffer.from([0x1f, 0x8b]);

/**
 * A body without its content encodings.
 *
 * @param encoding - the header, such as `gzip, br`; undefined where there is none
 * @returns undefined where they cannot be undone
 */
export function decodeBody(body: Buffer, encoding: string | undefined): Buffer | undefined {
  const named = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  const decoded = named.reduceRight<Buffer | undefined>((bytes, name) => bytes && undo(bytes, name), body);
  return decoded && unpackUnnamed(decoded);
}

/** PostHog's libraries pack some bodies and say so in the address only. */
function unpackUnnamed(body: Buffer): Buffer {
  return body.subarray(0, 2).equals(GZIP_START) ? (undo(body, 'gzip') ?? body) : body;
}

function undo(body: Buffer, name: string): Buffer | undefined {
  if (body.length === 0) return body;
  for (const decode of DECODERS[name] ?? []) {
    try {
      return decode(body);
    } catch {
      // The next one may be meant.
    }
  }
  return undefined;
}
