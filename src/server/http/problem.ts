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
  LICENSE_UNKNOWN: { status: 401, title: 'Unauthorized' },
  LICENSE_INACTIVE: { status: 403, title: 'Forbidden' },
  ENTITLEMENT_EXCEEDED: { status: 403, title: 'Forbidden' },
  REQUEST_FORBIDDEN: { status: 403, title: 'Forbidden' },
  DIAGNOSTICS_OFF: { status: 403, title: 'Forbidden' },
  REQUEST_NOT_FOUND: { status: 404, title: 'Not Found' },
  REQUEST_METHOD_NOT_ALLOWED: { status: 405, title: 'Method Not Allowed' },
  ORG_NOT_FOUND: { status: 404, title: 'Not Found' },
  LICENSE_NOT_FOUND: { status: 404, title: 'Not Found' },
  REPORT_STALE: { status: 409, title: 'Conflict' },
  REPORT_REVISION: { status: 409, title: 'Conflict' },
  TELEMETRY_STOPPED: { status: 409, title: 'Conflict' },
  ORG_SETTINGS_CHANGED: { status: 412, title: 'Precondition Failed' },
  CONSENT_FILE_UNREADABLE: { status: 409, title: 'Conflict' },
  CATALOGUE_CHANGED: { status: 409, title: 'Conflict' },
  CONFIG_FILE_UNREADABLE: { status: 409, title: 'Conflict' },
  CONFIG_FILE_NOT_JSON: { status: 409, title: 'Conflict' },
  CONFIG_FILE_NOT_WRITABLE: { status: 409, title: 'Conflict' },
  FLAGS_NOT_USED: { status: 409, title: 'Conflict' },
  REQUEST_TOO_LARGE: { status: 413, title: 'Content Too Large' },
  REQUEST_UNSUPPORTED: { status: 415, title: 'Unsupported Media Type' },
  REQUEST_UNPROCESSABLE: { status: 422, title: 'Unprocessable Content' },
  REQUEST_RATE_LIMITED: { status: 429, title: 'Too Many Requests' },
  SERVER_FAILED: { status: 500, title: 'Internal Server Error' },
  DATABASE_FAILED: { status: 500, title: 'Internal Server Error' },
  UPSTREAM_UNAVAILABLE: { status: 502, title: 'Bad Gateway' },
  STREAM_UNAVAILABLE: { status: 503, title: 'Service Unavailable' },
  DATABASE_UNAVAILABLE: { status: 503, title: 'Service Unavailable' },
  CONSENT_NOT_STORED: { status: 507, title: 'Insufficient Storage' },
  STORE_NOT_WRITABLE: { status: 507, title: 'Insufficient Storage' },
} as const;

export function problemOf(code: ProblemCode, detail: string): Problem {
  const { status, title } = PROBLEMS[code];
  return { type: 'about:blank', title, status, code, detail };
}

/** A response that says what was wrong with the request. */
export function problemResponse(problem: Problem, headers?: Record<string, string>): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
}

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}
