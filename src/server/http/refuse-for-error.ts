import { isTelemetryError, quietly } from '../../internal/index.js';
import { isProblemCode, type ProblemCode, problemOf, problemResponse } from './problem.js';

/** In seconds: to come back soon. */
const RETRY_SOON = { 'retry-after': '5' };

const HEADERS: Partial<Record<ProblemCode, Record<string, string>>> = {
  REQUEST_UNAUTHORIZED: { 'www-authenticate': 'Bearer' },
  DATABASE_UNAVAILABLE: RETRY_SOON,
  STREAM_UNAVAILABLE: RETRY_SOON,
};

/**
 * Answer a thrown error: with its own code and message, or with a 500 that says nothing.
 *
 * @param onFailure - told of what is no fault of the request
 */
export function refuseForError(error: unknown, onFailure: (error: unknown) => void): Response {
  const isKnown = isTelemetryError(error) && isProblemCode(error.code);
  const problem = isKnown
    ? problemOf(error.code as ProblemCode, error.message)
    : problemOf('SERVER_FAILED', 'The service failed to answer. Its operator finds the reason in its log.');
  if (problem.status >= 500) quietly(() => onFailure(error));
  return problemResponse(problem, HEADERS[problem.code]);
}
