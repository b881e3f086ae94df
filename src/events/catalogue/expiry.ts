/** The day on which the last of several things ends, `2027-01-31`; undefined, for never, if one of them does not end. */
export function lastExpiry(days: readonly (string | undefined)[]): string | undefined {
  return days.includes(undefined) ? undefined : [...days].sort().at(-1);
}

/** The earlier of two days; undefined is never. */
export function earlierExpiry(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}

/** Is something collected for longer, by its first day without? */
export function expiresLater(agreed: string | undefined, current: string | undefined): boolean {
  if (agreed === undefined) return false;
  return current === undefined || current > agreed;
}
