const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 600_000;

/**
 * How long the vendor is left alone: doubling from half a minute to ten minutes, or for as long as it asks when that is longer.
 *
 * @param failures - in a row, from 1
 * @param retryAfterMs - what the vendor asks for, if anything
 */
export function pauseMs(failures: number, retryAfterMs: number | undefined): number {
  return Math.max(Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS), retryAfterMs ?? 0);
}
