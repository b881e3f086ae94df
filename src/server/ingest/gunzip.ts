import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { TelemetryError } from '../../internal/index.js';

const inflate = promisify(gunzip);

/**
 * Decompress gzip without ever holding more than `maxBytes` of the result: inflating stops at the limit.
 *
 * @throws {TelemetryError} `REQUEST_TOO_LARGE` if the result is larger, `REQUEST_INVALID` if `bytes` is not whole gzip
 */
export async function gunzipWithin(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  try {
    return await inflate(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if (isTooLarge(error)) {
      throw new TelemetryError(
        'REQUEST_TOO_LARGE',
        `The decompressed body may have at most ${maxBytes} bytes.`,
      );
    }
    throw new TelemetryError('REQUEST_INVALID', 'The body is not valid gzip.');
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}
