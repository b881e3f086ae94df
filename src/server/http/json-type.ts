import { TelemetryError } from '../../internal/index.js';
import { mediaTypeOf } from './media-type.js';

/** Refuse a body that is said to be anything but plain JSON. @throws {TelemetryError} `REQUEST_UNSUPPORTED` */
export function assertJsonType(headers: Headers): void {
  const type = mediaTypeOf(headers.get('content-type'));
  const encoding = headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (type === 'application/json' && encoding === 'identity') return;
  throw new TelemetryError('REQUEST_UNSUPPORTED', 'The body must be application/json, uncompressed.');
}
