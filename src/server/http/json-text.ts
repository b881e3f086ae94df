import { TelemetryError } from '../../internal/index.js';

/**
 * The JSON value that a body holds.
 *
 * @throws {TelemetryError} `REQUEST_INVALID` for what is not UTF-8 or not JSON
 */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // Without the cause: the message of a JSON error quotes the body.
    throw new TelemetryError('REQUEST_INVALID', 'The body is not JSON in UTF-8.');
  }
}
