import { TelemetryError } from '../../internal/index.js';

/**
 * The position that a page starts behind. Stores number their events from 1.
 *
 * @throws {TelemetryError} `REQUEST_INVALID` for what is no `nextCursor`
 */
export function parseCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (!/^\d{1,15}$/.test(cursor)) {
    throw new TelemetryError('REQUEST_INVALID', 'cursor must be the nextCursor of an earlier page.');
  }
  return Number(cursor);
}
