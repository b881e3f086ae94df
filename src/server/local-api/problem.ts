import { type ConsentParts, isFlagEnabled } from '../../client/index.js';
import { quietly, TelemetryError } from '../../internal/index.js';
import { isProblemCode, type Problem, type ProblemCode, problemOf, problemResponse } from '../http/index.js';

/** A part of a request that breaks a rule. Names both, and never the value. */
export interface FieldProblem {
  /** Such as `feature`; empty for the body or the query as a whole. */
  readonly path: string;
  readonly rule: string;
}

/** What a refused request to the local API carries. */
export interface LocalApiProblem extends Problem {
  /** Of the umbrella flag, as in every answer. */
  readonly feature_flag: boolean;
  readonly errors?: readonly FieldProblem[];
}

export interface RefusalDetails {
  readonly errors?: readonly FieldProblem[];
  readonly headers?: Record<string, string>;
}

/** A response that says why a request is refused. */
export function refuse(
  consent: ConsentParts,
  code: ProblemCode,
  detail: string,
  { errors, headers }: RefusalDetails = {},
): Response {
  const problem: LocalApiProblem = {
    ...problemOf(code, detail),
    ...(errors && { errors }),
    feature_flag: isFlagEnabled(consent),
  };
  const challenge = code === 'REQUEST_UNAUTHORIZED' ? { 'www-authenticate': 'Bearer' } : {};
  return problemResponse(problem, { ...challenge, ...headers });
}

/**
 * Answer a thrown error: a refusal with its own code and message, anything else with a 500 that says nothing.
 *
 * @param onFailure - told of the errors behind a 500
 */
export function refuseForError(
  consent: ConsentParts,
  error: unknown,
  onFailure: (error: unknown) => void,
): Response {
  if (isTelemetryError(error) && isProblemCode(error.code)) return refuse(consent, error.code, error.message);
  quietly(() => onFailure(error));
  return refuse(
    consent,
    'SERVER_FAILED',
    'The local API failed to answer. Look at the state with GET /health.',
  );
}

/** The client may come from another copy of the package, where its errors have another class. */
function isTelemetryError(error: unknown): error is TelemetryError {
  return (
    error instanceof TelemetryError ||
    (error instanceof Error && 'isTelemetryError' in error && error.isTelemetryError === true)
  );
}
