import { isTelemetryError, type TelemetryErrorCode } from '../../internal/index.js';

/** What may be told of a failure in a line or a figure: its code, and nothing of its text. */
export function errorCodeOf(error: unknown): TelemetryErrorCode | 'SERVER_FAILED' {
  return isTelemetryError(error) ? error.code : 'SERVER_FAILED';
}
