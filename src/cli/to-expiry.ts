import { UsageError } from './exit-status.js';

const DAY_MS = 86_400_000;
const MAX_DAYS = 3_650;

/**
 * When something that is good for a number of days opens nothing any more.
 *
 * @param typed - as the value of `--expires-days`
 * @returns Unix time in milliseconds; null for never
 * @throws {UsageError}
 */
export function toExpiry(typed: string | undefined, nowMs: number): number | null {
  if (typed === undefined) return null;
  const days = /^\d{1,4}$/.test(typed) ? Number(typed) : 0;
  if (days >= 1 && days <= MAX_DAYS) return nowMs + days * DAY_MS;
  throw new UsageError(`The value of --expires-days must be a whole number from 1 to ${MAX_DAYS}.`);
}
