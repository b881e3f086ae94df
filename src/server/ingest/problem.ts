import { TelemetryError } from '../../internal/index.js';

/** What a refused request carries, as `application/problem+json` (RFC 9457). */
export interface Problem {
  readonly type: 'about:blank';
  /** The name of the status. */
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  /** For people. Names fields and limits, never anything that the request contained. */
  readonly detail: string;
}

/** Stable: a client may decide by it. */
export type ProblemCode = keyof typeof PROBLEMS;

const PROBLEMS = {
  REQUEST_INVALID: { status: 400, title: 'Bad Request' },
  REQUEST_UNAUTHORIZED: { status: 401, title: 'Unauthorized' },
  REQUEST_NOT_FOUND: { status: 404, title: 'Not Found' },
  REQUEST_METHOD_NOT_ALLOWED: { status: 405, title: 'Method Not Allowed' },
  REQUEST_TOO_LARGE: { status: 413, title: 'Content Too Large' },
  REQUEST_UNSUPPORTED: { status: 415, title: 'Unsupported Media Type' },
  SERVER_FAILED: { status: 500, title: 'Internal Server Error' },
} as const;

/** A response that says what was wrong with the request. */
export function problemResponse(
  code: ProblemCode,
  detail: string,
  headers?: Record<string, string>,
): Response {
  const { status, title } = PROBLEMS[code];
  const body: Problem = { type: 'about:blank', title, status, code, detail };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
}

/**
 * Answer a thrown error: a refused request with its own code and message, anything else with a 500 that says nothing.
 *
 * @param onFailure - told of the errors behind a 500
 */
export function errorResponse(error: unknown, onFailure: (error: unknown) => void): Response {
  if (error instanceof TelemetryError && isProblemCode(error.code)) {
    return problemResponse(error.code, error.message);
  }
  onFailure(error);
  return problemResponse(
    'SERVER_FAILED',
    'The server failed to answer. It is safe to send the same request again.',
  );
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}
