import { TelemetryError } from '../../internal/index.js';
import { assertJsonType, parseJson, readWithin } from '../http/index.js';
import { OrgSettingsChangeSchema } from '../wire/index.js';

const MAX_BYTES = 1_024;

/** An object of one member: what a parser makes of an object that says something twice looks like one, too. */
const ONE_MEMBER = /^\s*\{\s*"[^"]*"\s*:\s*(?:true|false)\s*\}\s*$/;

/**
 * Read the answer that a request gives: `{"telemetry_enabled": true}` or `false`, and nothing else.
 *
 * @throws {TelemetryError} `REQUEST_TOO_LARGE`, `REQUEST_UNSUPPORTED`, `REQUEST_INVALID` or `REQUEST_UNPROCESSABLE`
 */
export async function readChange(request: Request): Promise<boolean> {
  const bytes = await readWithin(request, MAX_BYTES);
  assertJsonType(request.headers);
  const { success, data } = OrgSettingsChangeSchema.safeParse(parseJson(bytes));
  if (success && ONE_MEMBER.test(new TextDecoder().decode(bytes))) return data.telemetry_enabled;
  throw new TelemetryError(
    'REQUEST_UNPROCESSABLE',
    'The body must be an object whose only member is telemetry_enabled, once, and true or false.',
  );
}
