import { TelemetryError } from '../../../internal/index.js';
import { mediaTypeOf, parseJson, readWithin } from '../../http/index.js';
import { type EntitlementQuestion, EntitlementQuestionSchema } from '../license/index.js';

const MAX_BYTES = 1_024;

/** @throws {TelemetryError} `REQUEST_TOO_LARGE`, `REQUEST_UNSUPPORTED`, `REQUEST_INVALID` or `REQUEST_UNPROCESSABLE` */
export async function readQuestion(request: Request): Promise<EntitlementQuestion> {
  const bytes = await readWithin(request, MAX_BYTES);
  if (mediaTypeOf(request.headers.get('content-type')) !== 'application/json')
    throw new TelemetryError('REQUEST_UNSUPPORTED', 'The body must be application/json.');
  const { data } = EntitlementQuestionSchema.safeParse(parseJson(bytes));
  if (data) return data;
  throw new TelemetryError(
    'REQUEST_UNPROCESSABLE',
    'The body must be an object whose only member is entitlement (max_teams or max_runs_per_month) or feature (1 to 64 characters).',
  );
}
