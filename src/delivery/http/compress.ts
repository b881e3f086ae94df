/**
 * A body, packed with gzip when it has more bytes than a threshold; undefined where that does not pay.
 *
 * @remarks The packer is loaded by its first use. It works beside the event loop.
 */
export function compress(
  body: string | Uint8Array,
  thresholdBytes: number | undefined,
): Promise<Uint8Array | undefined> {
  if (thresholdBytes === undefined) return Promise.resolve(undefined);
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  if (bytes.length <= thresholdBytes) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    process.getBuiltinModule('node:zlib').gzip(bytes, (error, packed) => resolve(error ? undefined : packed));
  });
}
