import { TelemetryError } from '../../internal/index.js';
import type { EventQuery } from '../wire/index.js';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1000;
const PARAMETERS = new Set(['event', 'distinct_id', 'limit', 'cursor']);

/**
 * The query of `GET /events`: `event` and `distinct_id` narrow, `limit` is 1 to 1,000 (100 when absent).
 *
 * @throws {TelemetryError} `REQUEST_INVALID` for an unknown, repeated or malformed parameter: a misspelt filter must not
 *   return everything
 */
export function parseEventQuery(parameters: URLSearchParams): EventQuery {
  const names = [...parameters.keys()];
  if (new Set(names).size < names.length || !names.every((name) => PARAMETERS.has(name))) {
    throw new TelemetryError(
      'REQUEST_INVALID',
      `Query parameters are ${[...PARAMETERS].join(', ')}, each at most once.`,
    );
  }
  const { event, distinct_id, limit, cursor } = Object.fromEntries(parameters);
  return {
    limit: parseLimit(limit),
    ...(event !== undefined && { event }),
    ...(distinct_id !== undefined && { distinct_id }),
    ...(cursor !== undefined && { cursor }),
  };
}

function parseLimit(limit: string | undefined): number {
  if (limit === undefined) return DEFAULT_LIMIT;
  const parsed = /^\d{1,4}$/.test(limit) ? Number(limit) : 0;
  if (parsed < 1 || parsed > MAX_LIMIT) {
    throw new TelemetryError('REQUEST_INVALID', `limit must be a whole number from 1 to ${MAX_LIMIT}.`);
  }
  return parsed;
}
