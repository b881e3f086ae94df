import { type ConsentParts, isFlagEnabled } from '../../client/index.js';
import { isTelemetryError, quietly } from '../../internal/index.js';
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

/** For errors whose own message is for the user alone, and names places of their machine. */
const TEXTS: Partial<Record<ProblemCode, string>> = {
  CONSENT_NOT_STORED:
    'The decision could not be kept; a no to telemetry holds until this program ends. See that the file of decisions about telemetry and its folder can be written, and decide again.',
  STORE_NOT_WRITABLE:
    "A file could not be made in the folder of telemetry's files. See that it can be written and has space, and try again.",
};

/**
 * Answer a thrown error: a refusal with its own code and a message that names no place, anything else with a 500 that says nothing.
 *
 * @param onFailure - told of the errors behind a 500
 */
export function refuseForError(
  consent: ConsentParts,
  error: unknown,
  onFailure: (error: unknown) => void,
): Response {
  if (isTelemetryError(error) && isProblemCode(error.code))
    return refuse(consent, error.code, TEXTS[error.code] ?? error.message);
  quietly(() => onFailure(error));
  return refuse(
    consent,
    'SERVER_FAILED',
    'The local API failed to answer. Look at the state with GET /health.',
  );
}
