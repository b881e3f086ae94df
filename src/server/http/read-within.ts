import { TelemetryError } from '../../internal/index.js';

/**
 * Read the bytes of a request's body, and never more than `maxBytes` of them.
 *
 * @throws {TelemetryError} `REQUEST_TOO_LARGE`, or `REQUEST_INVALID` if it ended early
 */
export async function readWithin(request: Request, maxBytes: number): Promise<Uint8Array> {
  assertSize(Number(request.headers.get('content-length')), maxBytes);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.byteLength;
      // The announced size may be absent or a lie.
      if (size > maxBytes) break;
      chunks.push(chunk);
    }
  } catch {
    throw new TelemetryError('REQUEST_INVALID', 'The body ended early.');
  }
  assertSize(size, maxBytes);
  return Buffer.concat(chunks);
}

function assertSize(bytes: number, maxBytes: number): void {
  if (bytes > maxBytes) {
    throw new TelemetryError('REQUEST_TOO_LARGE', `The body may have at most ${maxBytes} bytes.`);
  }
}
