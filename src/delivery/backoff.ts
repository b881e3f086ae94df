const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 300_000;

/**
 * How long to wait after so many failures in a row: doubling from one second to five minutes, each time between half
 * and all of it, so that clients which failed together do not come back together.
 *
 * @param failures - failures in a row, from 1
 * @param random - from 0 up to 1
 */
export function backoffMs(failures: number, random: number): number {
  const ceiling = Math.min(FIRST_DELAY_MS * 2 ** (failures - 1), LONGEST_DELAY_MS);
  return ceiling * (0.5 + random / 2);
}
