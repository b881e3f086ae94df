import { TelemetryError } from '../../internal/index.js';

/**
 * Read the bytes of a request's body, and never more than `maxBytes` of them.
 *
 * @throws {TelemetryError} `REQUEST_TOO_LARGE`, or `REQUEST_INVALID` if it ended early
 */
export async function readWithin(request: Request, maxBytes: number): Promise<Uint8Array> {
  const announced = request.headers.get('content-length');
  assertSize(Number(announced), maxBytes);
  const bytes = announced === null ? await readParts(request, maxBytes) : await readWhole(request);
  // What was announced may be a lie where no server has looked at it.
  assertSize(bytes.length, maxBytes);
  return bytes;
}

/** Much faster, and no server lets more come than was announced. */
async function readWhole(request: Request): Promise<Uint8Array> {
  try {
    return new Uint8Array(await request.arrayBuffer());
  } catch {
    throw endedEarly();
  }
}

/** @returns a little more than `maxBytes` when there are more */
async function readParts(request: Request, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.byteLength;
      chunks.push(chunk);
      if (size > maxBytes) break;
    }
  } catch {
    throw endedEarly();
  }
  return Buffer.concat(chunks);
}

const endedEarly = () => new TelemetryError('REQUEST_INVALID', 'The body ended early.');

/** @throws {TelemetryError} `REQUEST_TOO_LARGE` */
export function assertSize(bytes: number, maxBytes: number): void {
  if (bytes > maxBytes) {
    throw new TelemetryError('REQUEST_TOO_LARGE', `The body may have at most ${maxBytes} bytes.`);
  }
}
