import { TelemetryError } from '../../internal/index.js';
import { mediaTypeOf, parseJson, readWithin } from '../http/index.js';
import { gunzipWithin } from './gunzip.js';
import { hasMoreValuesThan } from './value-count.js';

/** How many bytes of a request body are taken in. */
export interface BodyLimits {
  /** As it crosses the network. */
  readonly maxBodyBytes: number;
  /** After decompression. */
  readonly maxDecompressedBytes: number;
}

/** More than any batch of real events has within ten megabytes. */
const MAX_VALUES = 500_000;

/**
 * Read a JSON body, plain or gzip, within limits that hold while reading, not after.
 *
 * Gzip is announced by `Content-Encoding: gzip`, or in the URL as browsers do: `?compression=gzip-js` (or `gzip`).
 *
 * @returns whatever JSON value the body holds
 * @throws {TelemetryError} `REQUEST_UNSUPPORTED` (content type or encoding), `REQUEST_TOO_LARGE`, or `REQUEST_INVALID`
 *   (not gzip, not UTF-8, not JSON, or ended early)
 */
export async function readJsonBody(request: Request, limits: BodyLimits): Promise<unknown> {
  const compression = new URL(request.url).searchParams.get('compression');
  assertContentType(request.headers.get('content-type'), compression);
  const gzipped = isGzip(request.headers.get('content-encoding'), compression);
  const received = await readWithin(request, limits.maxBodyBytes);
  const bytes = gzipped ? await gunzipWithin(received, limits.maxDecompressedBytes) : received;
  if (hasMoreValuesThan(MAX_VALUES, bytes))
    throw new TelemetryError(
      'REQUEST_TOO_LARGE',
      `The body may hold at most ${MAX_VALUES} values. Send it in several parts.`,
    );
  return parseJson(bytes);
}

function assertContentType(header: string | null, compression: string | null): void {
  const type = mediaTypeOf(header);
  if (type === 'application/json') return;
  // Browsers label what they compress themselves as text, which spares them a preflight request.
  if (type === 'text/plain' && compression !== null) return;
  throw new TelemetryError('REQUEST_UNSUPPORTED', 'Content-Type must be application/json.');
}

function isGzip(header: string | null, compression: string | null): boolean {
  const encoding = header?.trim().toLowerCase() ?? 'identity';
  const encodingKnown = encoding === 'gzip' || encoding === 'identity';
  const compressionKnown = compression === null || compression === 'gzip-js' || compression === 'gzip';
  if (!encodingKnown || !compressionKnown) {
    throw new TelemetryError('REQUEST_UNSUPPORTED', 'The only supported compression is gzip.');
  }
  return encoding === 'gzip' || compression !== null;
}
