import { TelemetryError } from '../../internal/index.js';
import { isJsonObject } from '../http/index.js';

/** The part of a `POST /flags/` body that decides the answer. */
export interface FlagsRequest {
  readonly distinctId: string;
  /** Absent when every flag is asked for. */
  readonly keys?: readonly string[];
}

/**
 * Read who asks for which flags; person and group properties are not looked at.
 *
 * @throws {TelemetryError} `REQUEST_INVALID` if `distinct_id` is no string of 1 to 200 UTF-16 units or
 *   `flag_keys_to_evaluate` is present and no array of strings
 */
export function parseFlagsRequest(body: unknown): FlagsRequest {
  const { distinct_id, flag_keys_to_evaluate } = isJsonObject(body) ? body : {};
  if (typeof distinct_id !== 'string' || distinct_id.length === 0 || distinct_id.length > 200) {
    throw new TelemetryError('REQUEST_INVALID', 'distinct_id must be a string of 1 to 200 UTF-16 units.');
  }
  // Clients of some languages send null for what is not set.
  if (flag_keys_to_evaluate === undefined || flag_keys_to_evaluate === null)
    return { distinctId: distinct_id };
  if (!isStringArray(flag_keys_to_evaluate)) {
    throw new TelemetryError('REQUEST_INVALID', 'flag_keys_to_evaluate must be an array of strings.');
  }
  return { distinctId: distinct_id, keys: flag_keys_to_evaluate };
}

function isStringArray(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((member) => typeof member === 'string');
}
