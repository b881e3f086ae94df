const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/**
 * How long to leave something alone that has failed: twice as long each time, up to a minute, and at random between half of it and all, so
 * that not everybody comes back at once.
 *
 * @param failures - at least 1
 * @param random - 0 to 1
 */
export function retryDelayMs(failures: number, random: number): number {
  const longestMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 16));
  return Math.round(longestMs * (0.5 + random / 2));
}
