import { TelemetryError } from '../../internal/index.js';
import { isJsonObject } from '../http/index.js';

/**
 * Check the project key of a request body: `api_key`, or `token` as flag requests call it.
 *
 * A project key tells projects apart and is public in every client; it is no secret and opens nothing for reading.
 *
 * @param accepted - the keys of this server; any non-empty string passes when absent
 * @throws {TelemetryError} `REQUEST_UNAUTHORIZED` if keys are configured and this is none of them, `REQUEST_INVALID` if
 *   none are configured and the body carries no key
 */
export function assertProjectKey(body: unknown, accepted: ReadonlySet<string> | undefined): void {
  const fields = isJsonObject(body) ? body : {};
  const key = fields.api_key ?? fields.token;
  const given = typeof key === 'string' && key.length > 0;
  if (accepted !== undefined && !(given && accepted.has(key))) {
    throw new TelemetryError('REQUEST_UNAUTHORIZED', 'api_key is not a key of this server.');
  }
  if (!given) throw new TelemetryError('REQUEST_INVALID', 'api_key must be a non-empty string.');
}
