const BASE_MS = 60_000;
const MAX_MS = 60 * 60 * 1000;
/** However small the random number is, nobody is asked again at once. */
const MIN_MS = 1_000;
/** A vendor that asks for more is asked after a day all the same: a slip of theirs must not end the reports. */
const MAX_ASKED_MS = 24 * 60 * 60 * 1000;

/**
 * How long to wait after so many failures in a row: a random time of up to a minute, doubled with each to an hour at most, so that
 * installations which failed together do not come back together. What the vendor asks for is the least.
 *
 * @param failures - at least 1
 * @param random - 0 to below 1
 */
export function backoffMs(failures: number, random: number, retryAfterMs: number | undefined): number {
  const ceilingMs = Math.min(MAX_MS, BASE_MS * 2 ** (failures - 1));
  return Math.max(MIN_MS, Math.round(random * ceilingMs), askedMs(retryAfterMs));
}

/** What the vendor asks for, within bounds. */
export function askedMs(retryAfterMs: number | undefined): number {
  return Math.min(retryAfterMs ?? 0, MAX_ASKED_MS);
}
