import { TelemetryError } from '../../internal/index.js';
import { isProblemCode, problemOf, problemResponse } from '../http/index.js';

/**
 * Answer a thrown error: a refused request with its own code and message, anything else with a 500 that says nothing.
 *
 * @param onFailure - told of the errors behind a 500
 */
export function errorResponse(error: unknown, onFailure: (error: unknown) => void): Response {
  if (error instanceof TelemetryError && isProblemCode(error.code)) {
    return problemResponse(problemOf(error.code, error.message));
  }
  onFailure(error);
  const detail = 'The server failed to answer. It is safe to send the same request again.';
  return problemResponse(problemOf('SERVER_FAILED', detail));
}
