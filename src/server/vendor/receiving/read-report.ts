import type { z } from 'zod';
import { TelemetryError } from '../../../internal/index.js';
import { assertJsonType, parseJson, readWithin } from '../../http/index.js';
import { MAX_BODY_BYTES } from '../limits.js';
import { countMembers, countMembersOfText } from './count-members.js';
import { describePlace } from './describe-place.js';

/**
 * Read a report: exactly what its schema names, each member once, and nothing else anywhere.
 *
 * @throws {TelemetryError} `REQUEST_TOO_LARGE`, `REQUEST_UNSUPPORTED`, `REQUEST_INVALID`, or `REQUEST_UNPROCESSABLE`, which names members of the
 *   catalogue only, and no values
 */
export async function readReport<Report>(request: Request, schema: z.ZodType<Report>): Promise<Report> {
  assertJsonType(request.headers);
  const bytes = await readWithin(request, MAX_BODY_BYTES);
  const { success, data, error } = schema.safeParse(parseJson(bytes));
  if (!success) throw new TelemetryError('REQUEST_UNPROCESSABLE', describe(error.issues[0]));
  // A parser leaves out what is said twice, and zod what is called __proto__.
  if (countMembersOfText(new TextDecoder().decode(bytes)) === countMembers(data)) return data;
  throw new TelemetryError('REQUEST_UNPROCESSABLE', 'The report holds a member that does not belong there.');
}

function describe(issue: z.core.$ZodIssue | undefined): string {
  const place = describePlace(issue?.path ?? []);
  return issue?.code === 'unrecognized_keys'
    ? `${place} holds a member that does not belong there.`
    : `${place} is not as the catalogue of reports says.`;
}
